using System.Text.RegularExpressions;

namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>
/// Texts without what differs from run to run: ids, moments, addresses, random names of environments. Of each its form is left, so
/// that a date written in another way is still a difference.
/// </summary>
internal static partial class VolatileText
{
    internal static string Mask(string text)
    {
        var masked = Moment().Replace(text, match => $"<moment{(match.Groups[1].Length > 0 ? ".f" : "")}{match.Groups[2].Value}>");
        masked = SpokenMoment().Replace(masked, "<moment>");
        masked = Id().Replace(masked, "<id>");
        masked = ContainerId().Replace(masked, "containerd://<id>");
        masked = EnvironmentDomain().Replace(masked, "<environment>.");
        return Mail().Replace(masked, "<mail>");
    }

    /// <summary>An address of an operation: its path and the names of its parameters in order.</summary>
    internal static string MaskAddress(string address)
    {
        Uri uri = new(address);
        var names = uri.Query.TrimStart('?').Split('&').Select(pair => pair.StartsWith("api-version=", StringComparison.Ordinal) ? pair : pair.Split('=')[0]);
        return Mask($"{uri.AbsolutePath}?{string.Join('&', names)}");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\d+/\d+/\d{4} \d+:\d\d:\d\d [AP]M")]
    private static partial Regex SpokenMoment();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("containerd://[0-9a-f]+")]
    private static partial Regex ContainerId();

    [GeneratedRegex(@"[a-z]+-[0-9a-f]{8}\.(?=[a-z0-9]+\.azurecontainerapps\.io)")]
    private static partial Regex EnvironmentDomain();

    [GeneratedRegex(@"[a-z]+@[a-z.]+")]
    private static partial Regex Mail();
}
