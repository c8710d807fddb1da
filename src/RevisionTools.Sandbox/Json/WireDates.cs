using System.Globalization;

namespace RevisionTools.Sandbox;

/// <summary>The three ways in which the service writes a moment (ARM-FACTS 3.1).</summary>
internal static class WireDates
{
    /// <summary>createdTime and lastActiveTime of a revision: <c>2025-10-11T16:32:13+00:00</c>.</summary>
    internal static string Revision(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    /// <summary>createdTime of a replica: <c>2025-10-11T16:32:13Z</c>.</summary>
    internal static string Replica(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>systemData and operations: seven digits of a second and no zone.</summary>
    internal static string System(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fffffff");

    /// <summary>In a container's details: <c>5/6/2024 10:58:54 AM</c>.</summary>
    internal static string Details(DateTimeOffset time) => Format(time, "M/d/yyyy h:mm:ss tt");

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
