using System.Globalization;
using System.Text;
using System.Xml;

namespace RevisionTools.Pruning.Reports;

/// <summary>A report as test results: a suite an app, a case a revision. What is blocked is skipped, what failed or has moved is a failure, what nobody knows, had no turn, or went down and did not drain or end in time is an error.</summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings s_settings = new() { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" };

    public static void Write(Stream stream, PruneReport report)
    {
        using var xml = XmlWriter.Create(stream, s_settings);
        var all = report.Apps.SelectMany(app => app.Revisions).ToList();
        var broken = report.Failures.Count + report.Apps.Sum(app => app.Failures.Count);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, "RevisionTools prune", all, broken);
        foreach (var app in report.Apps)
        {
            Write(app, report, xml);
        }

        if (report.Failures.Count > 0)
        {
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, "other", [], report.Failures.Count);
            WriteFailures(report.Failures, "RevisionTools", xml);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(ReportedApp app, PruneReport report, XmlWriter xml)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, $"{app.ResourceGroupName}/{app.ContainerAppName}", app.Revisions, app.Failures.Count);
        Attribute(xml, "timestamp", report.CreatedTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        Property(xml, "policy", app.Policy);
        Property(xml, "summary", app.Summary);
        Property(xml, "fingerprint", app.Fingerprint);
        Property(xml, "retentionDebt", app.RetentionDebt.ToString(CultureInfo.InvariantCulture));
        if (app.Retention is { } step)
        {
            Property(xml, "limit", string.Create(CultureInfo.InvariantCulture, $"{step.Before} to {step.After}, {(step.Done ? "set" : "not set")}"));
        }

        xml.WriteEndElement();
        var suite = $"{app.ResourceGroupName}.{app.ContainerAppName}";
        foreach (var revision in app.Revisions)
        {
            Write(revision, suite, xml);
        }

        WriteFailures(app.Failures, suite, xml);
        xml.WriteEndElement();
    }

    private static void Write(ReportedRevision revision, string suite, XmlWriter xml)
    {
        var reasons = string.Join("; ", revision.Reasons);
        var message = revision.Message is { Length: > 0 } told ? told : reasons;
        StartCase(xml, suite, revision.Name);
        switch (EndOf(revision))
        {
            case End.Failure:
                Element(xml, "failure", message, revision.Outcome.ToString()!);
                break;
            case End.Error:
                Element(xml, "error", revision.Failure?.Message ?? message, revision.Failure?.Kind.ToString() ?? revision.Outcome.ToString()!);
                break;
            case End.Skipped:
                Element(xml, "skipped", message, null);
                break;
        }

        xml.WriteElementString("system-out", Clean($"{Said(revision)}: {reasons}"));
        xml.WriteEndElement();
    }

    private static void WriteFailures(IReadOnlyList<ReportedFailure> failures, string suite, XmlWriter xml)
    {
        foreach (var failure in failures)
        {
            StartCase(xml, suite, NameOf(failure));
            Element(xml, "error", failure.Message, failure.Kind.ToString());
            xml.WriteEndElement();
        }
    }

    /// <summary>An app by its group too, since many groups have one of the name.</summary>
    private static string NameOf(ReportedFailure failure) => (ContainerAppId.TryParse(failure.ResourceId), RevisionId.TryParse(failure.ResourceId)) switch
    {
        (_, { } revision) => $"{revision.App.ResourceGroupName}/{revision.App.Name}/{revision.Name}",
        ({ } app, _) => $"{app.ResourceGroupName}/{app.Name}",
        _ => failure.ResourceId?.Split('/')[^1] ?? failure.Kind.ToString(),
    };

    private static void WriteCounts(XmlWriter xml, string name, IReadOnlyList<ReportedRevision> revisions, int broken)
    {
        Attribute(xml, "name", name);
        Number("tests", revisions.Count + broken);
        Number("failures", revisions.Count(revision => EndOf(revision) == End.Failure));
        Number("errors", revisions.Count(revision => EndOf(revision) == End.Error) + broken);
        Number("skipped", revisions.Count(revision => EndOf(revision) == End.Skipped));

        void Number(string attribute, int count) => Attribute(xml, attribute, count.ToString(CultureInfo.InvariantCulture));
    }

    private static string Said(ReportedRevision revision) => revision.Outcome is { } outcome && outcome.ToString() != revision.Decision.ToString()
        ? $"{revision.Decision}, {outcome}"
        : revision.Decision.ToString();

    private static End EndOf(ReportedRevision revision) => revision.Outcome switch
    {
        PruneOutcome.Failed or PruneOutcome.Drifted => End.Failure,
        PruneOutcome.Unknown or PruneOutcome.NotAttempted => End.Error,
        PruneOutcome.Blocked => End.Skipped,
        null when revision.Decision == PruneDecision.Blocked => End.Skipped,
        _ when revision.Failure is not null => End.Error,
        _ => End.Good,
    };

    private static void StartCase(XmlWriter xml, string suite, string name)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", suite);
        Attribute(xml, "name", name);
    }

    private static void Element(XmlWriter xml, string name, string message, string? type)
    {
        xml.WriteStartElement(name);
        Attribute(xml, "message", message);
        if (type is not null)
        {
            Attribute(xml, "type", type);
        }

        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    // What XML cannot hold would end the report in the middle.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in SafeText.Clean(text).EnumerateRunes())
        {
            if (rune.Value is not (0xFFFE or 0xFFFF) && rune != Rune.ReplacementChar)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private enum End
    {
        Good,
        Skipped,
        Failure,
        Error,
    }
}
