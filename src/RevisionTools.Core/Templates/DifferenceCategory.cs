namespace RevisionTools;

/// <summary>What a difference is about.</summary>
public enum DifferenceCategory
{
    /// <summary>The image of a container.</summary>
    Image,

    /// <summary>A container as a whole: it comes, goes or is called otherwise.</summary>
    Container,

    /// <summary>A container that runs before the others, as a whole.</summary>
    InitContainer,

    /// <summary>The command of a container or its arguments.</summary>
    Command,

    /// <summary>An environment variable.</summary>
    EnvironmentVariable,

    /// <summary>Cores and memory of a container.</summary>
    Resources,

    /// <summary>A probe of a container.</summary>
    Probe,

    /// <summary>A volume, or where a container mounts it.</summary>
    Volume,

    /// <summary>Least and most replicas, and the pace of scaling.</summary>
    Scale,

    /// <summary>A scale rule; with a consumer where it feeds the revision with events.</summary>
    ScaleRule,

    /// <summary>A bound service.</summary>
    ServiceBind,

    /// <summary>How long replicas have to end.</summary>
    Termination,

    /// <summary>The revision mode.</summary>
    RevisionMode,

    /// <summary>An entry of the traffic table.</summary>
    Traffic,

    /// <summary>Ingress, apart from traffic.</summary>
    Ingress,

    /// <summary>A secret, never its value.</summary>
    Secret,

    /// <summary>A container registry.</summary>
    Registry,

    /// <summary>Dapr.</summary>
    Dapr,

    /// <summary>Anything else.</summary>
    Other,
}
