using System.Globalization;
using System.Text.Json.Nodes;

namespace RevisionTools.Sandbox;

/// <summary>A new configuration and template for an app: first checked whole, then applied whole.</summary>
internal sealed class AppChange
{
    private readonly ArmCall _call;
    private readonly SandboxApp _app;
    private readonly JsonObject _configuration;
    private readonly JsonObject _template;

    internal AppChange(ArmCall call, SandboxApp app, JsonObject configuration, JsonObject template)
    {
        _call = call;
        _app = app;
        _configuration = ConfigurationRules.Complete(configuration, app.Name, app.EnvironmentDomain);
        SecretValues.Keep(app.Configuration, _configuration);
        _template = TemplateRules.Complete(template);
    }

    /// <summary>A changed template makes a revision, and nothing else does (ARM-FACTS 4.9).</summary>
    private bool MakesRevision => _app.Revisions.Count == 0 || !TemplateRules.IsSame(_app.Template, _template);

    private string Suffix => JsonFields.Text(_template["revisionSuffix"]) ?? "";

    /// <summary>What becomes of the write where it is known beforehand: some first creations never end well.</summary>
    internal OperationOutcome? ExpectedOutcome =>
        _app.Revisions.Count == 0 ? FirstCreation.Outcome(_app.Name, _configuration, _template) : null;

    /// <summary>Refuses what the service refuses; nothing is changed by then.</summary>
    internal void Check(string? newKind, bool checkTraffic)
    {
        if (MakesRevision)
        {
            SuffixRules.Check(_app, Suffix);
        }

        ScaleChecks.Check(_template, newKind ?? _app.Kind);
        AppConfigurationChecks.Check(_configuration);
        if (checkTraffic && (_configuration["ingress"] as JsonObject)?["traffic"] is JsonArray traffic)
        {
            TrafficRules.Check(_app, traffic, MakesRevision && Suffix.Length > 0 ? $"{_app.Name}--{Suffix}" : null);
        }
    }

    internal void Apply()
    {
        var wasSingle = _app.IsSingleMode;
        var wasLabels = _app.IsLabelsMode;
        var makesRevision = MakesRevision;
        var isNew = _app.Revisions.Count == 0;
        _app.Configuration = _configuration;
        _app.Template = _template;
        _app.LastModifiedAt = _call.Now;
        if (makesRevision)
        {
            AddRevision();
        }

        if (_app.IsLabelsMode && !wasLabels && !isNew)
        {
            ModeSwitch.EnterLabels(_call.Lifecycle, _app, _call.Now);
        }

        _call.Lifecycle.FollowLabels(_app, _call.Now);

        if (_app.IsSingleMode && !wasSingle && !isNew)
        {
            ModeSwitch.EnterSingle(_call.Lifecycle, _app, _call.Now);
        }

        _app.ReviewDue = _call.Now;
        _call.Tenant.Work.NoteChange(_call.Now);
    }

    private void AddRevision()
    {
        var template = TemplateRules.ForRevision(_template);
        SandboxRevision revision = new()
        {
            Name = $"{_app.Name}--{(Suffix.Length > 0 ? Suffix : NextSuffix())}",
            CreatedTime = _call.Now,
            Template = template,
            Outcome = ImageOutcome.Of(template.Images),
            Registries = RevisionReferences.Registries(_configuration, template),
            TargetLabel = _app.IsLabelsMode ? JsonFields.Text(_configuration["targetLabel"]) : null,

            // The image decides; a new one most often has the functions of the old one.
            Functions = _app.Revisions.LastOrDefault()?.Functions ?? [],
        };
        _call.Lifecycle.Add(_app, revision, _call.Now);
    }

    /// <summary>The first is random, the later ones are numbered (ARM-FACTS 4.1).</summary>
    private string NextSuffix()
    {
        if (_app.RevisionsMade == 0)
        {
            // An app that was deleted and made again gets another suffix.
            return _call.Tenant.Random.Alphanumeric(7, $"suffix/{_app.Group}/{_app.Name}{(_app.PriorWrites > 0 ? $"/{_app.PriorWrites}" : "")}");
        }

        for (var number = _app.RevisionsMade; ; number++)
        {
            var suffix = number.ToString("0000000", CultureInfo.InvariantCulture);
            if (_app.FindRevision($"{_app.Name}--{suffix}") is null)
            {
                return suffix;
            }
        }
    }
}
