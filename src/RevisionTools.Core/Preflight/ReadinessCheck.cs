namespace RevisionTools;

/// <summary>What of a revision was looked at to say whether it could start again.</summary>
public enum ReadinessCheck
{
    /// <summary>How it ended when Azure last ran it.</summary>
    LastStart,

    /// <summary>A secret that its environment variables, scale rules or volumes refer to.</summary>
    Secret,

    /// <summary>The app's login for a registry that an image comes from.</summary>
    Registry,

    /// <summary>A managed identity that a registry, a scale rule or a secret in a key vault is reached with.</summary>
    Identity,

    /// <summary>A storage of the environment that a volume is on.</summary>
    Volume,

    /// <summary>The workload profile that the app runs on.</summary>
    WorkloadProfile,

    /// <summary>An image: whether its name stands for one image for ever, and, where that was asked for, whether it is still in its registry.</summary>
    Image,

    /// <summary>A service that it is bound to.</summary>
    ServiceBind,
}
