namespace RevisionTools;

/// <summary>What sort of thing feeds a revision at 0 % traffic.</summary>
public enum EventConsumerKind
{
    /// <summary>A scale rule other than HTTP, TCP, CPU or memory: its source is consumed by every active revision.</summary>
    ScaleRule,

    /// <summary>A Dapr sidecar: subscriptions and input bindings reach every active revision; Azure does not list them.</summary>
    Dapr,

    /// <summary>Azure Functions: triggers other than HTTP fire in every active revision; Azure does not show them on the app, only on each revision by itself.</summary>
    FunctionApp,

    /// <summary>An app without ingress and without rules: a process that finds its own work.</summary>
    NoIngress,
}
