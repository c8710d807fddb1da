namespace RevisionTools;

/// <summary>What a revision fails of, as far as the platform's words tell.</summary>
public enum FailureCause
{
    /// <summary>The words do not tell.</summary>
    Unknown,

    /// <summary>The image cannot be pulled.</summary>
    ImagePull,

    /// <summary>A container ends or crashes again and again.</summary>
    CrashLoop,

    /// <summary>The container listens on another port than the ingress sends to.</summary>
    PortMismatch,

    /// <summary>A probe of the template fails.</summary>
    ProbeFailing,

    /// <summary>There is no room for its replicas.</summary>
    Quota,

    /// <summary>It was not ready in time.</summary>
    DeadlineExceeded,

    /// <summary>It needs a secret that cannot be had.</summary>
    SecretMissing,

    /// <summary>It needs a registry that the app no longer has.</summary>
    RegistryMissing,
}
