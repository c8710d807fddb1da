namespace RevisionTools.Sandbox;

/// <summary>Ends a metrics query with 400. Monitor answers without the envelope of ARM: code and message stand bare.</summary>
internal sealed class MetricException(string message) : Exception(message)
{
    internal const string Code = "BadRequest";
}
