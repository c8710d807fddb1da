using System.Text.Json.Nodes;
using RevisionTools.Lifecycle;
using RevisionTools.Templates;

namespace RevisionTools.Preflight;

/// <summary>Says whether a revision could start again: its own template held against its app and environment as they are now.</summary>
/// <param name="app">The app.</param>
/// <param name="parts">What the app has.</param>
/// <param name="profiles">The workload profiles of the environment; null where the app chose none.</param>
/// <param name="storages">The storages of the environment; null where no revision has a volume on one.</param>
/// <remarks>
/// ARM-FACTS 6: Azure lets secrets and registries be removed while revisions refer to them, and refuses to activate these afterwards.
/// </remarks>
internal sealed class ReadinessRules(ContainerApp app, AppParts parts, NameLook? profiles, NameLook? storages)
{
    public RevisionReadiness Judge(RevisionDocument document)
    {
        var revision = RevisionJoin.Join(app, document.Revision);
        return new RevisionReadiness
        {
            Name = revision.Name,
            ContainerAppName = app.Name,
            ResourceGroupName = app.ResourceGroupName,
            SubscriptionId = app.SubscriptionId,
            ResourceId = revision.ResourceId,
            Active = revision.Active,
            Findings =
            [
                .. LastStart(revision), .. Secrets(document.Template), .. Registries(document.Template), .. Identities(document.Template),
                .. Volumes(document.Template), .. Profile(), .. Services(document.Template), .. Images(document.Template),
            ],
        };
    }

    // What stopped it may have been mended since, which nobody can see; a revision that is to be gone back to should have run.
    private static IEnumerable<ReadinessFinding> LastStart(Revision revision)
    {
        if (StageRules.HasFailed(revision))
        {
            var meaning = FailureDiagnosis.Of(revision.RunningStateDetails, revision.ProvisioningError)?.Meaning;
            yield return NotReady(
                ReadinessCheck.LastStart,
                revision.Name,
                $"It failed when it last ran: {StageRules.FailureText(revision).TrimEnd(' ', '.')}.{(meaning is null ? "" : $" {meaning}.")}");
        }
    }

    private IEnumerable<ReadinessFinding> Secrets(JsonObject template)
    {
        foreach (var secret in TemplateUses.Secrets(template))
        {
            yield return parts.HasSecret(secret.Key)
                ? Ready(ReadinessCheck.Secret, secret.Key, FoundSecret(secret.Key))
                : NotReady(ReadinessCheck.Secret, secret.Key, $"The app has no secret '{secret.Key}' any more, which {Users(secret)} {(secret.Count() == 1 ? "needs" : "need")}.");
        }
    }

    private string FoundSecret(string name) => parts.KeyVaultIdentityOf(name) is null
        ? $"The app has the secret '{name}'."
        : $"The app has the secret '{name}'; its value is in a key vault, which was not looked at.";

    private IEnumerable<ReadinessFinding> Registries(JsonObject template) =>
        TemplateUses.Images(template).Select(image => ImageReference.Parse(image).Registry).Distinct(StringComparer.OrdinalIgnoreCase).Select(Registry);

    private ReadinessFinding Registry(string host) => parts.LoginAt(host) switch
    {
        { PasswordSecret: { } secret } when !parts.HasSecret(secret) =>
            NotReady(ReadinessCheck.Registry, host, $"The app logs in to the registry '{host}' with the secret '{secret}', which it does not have any more."),
        { PasswordSecret: not null } => Ready(ReadinessCheck.Registry, host, $"The app logs in to the registry '{host}' with a secret that it has."),
        { Identity: { } identity } => Ready(ReadinessCheck.Registry, host, $"The app logs in to the registry '{host}' with the identity '{NameOf(identity)}'."),
        { } => Unknown(ReadinessCheck.Registry, host, $"The app has the registry '{host}' without a password or an identity, and nobody can see from here whether it lets everybody in."),
        null when KnownRegistries.IsPublic(host) => Ready(ReadinessCheck.Registry, host, $"The registry '{host}' gives public images to everybody."),
        // An app that logs in elsewhere lost this one, and Azure refuses its revision. One that logs in nowhere may be let in without.
        null when KnownRegistries.IsAzure(host) && parts.HasLogins =>
            NotReady(ReadinessCheck.Registry, host, $"The app has no login for the registry '{host}' any more, which lets nobody in without one unless anonymous pull was switched on."),
        null when KnownRegistries.IsAzure(host) =>
            Unknown(ReadinessCheck.Registry, host, $"The app has no login for any registry, and '{host}' lets it in only while anonymous pull is switched on there, which nobody can see from here."),
        null => Unknown(ReadinessCheck.Registry, host, $"The app has no login for the registry '{host}', and nobody can see from here whether that needs one."),
    };

    private IEnumerable<ReadinessFinding> Identities(JsonObject template)
    {
        var ofRules = TemplateUses.Identities(template).SelectMany(identity => identity.Select(user => (identity.Key, user)));
        var hosts = TemplateUses.Images(template).Select(image => ImageReference.Parse(image).Registry).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var ofRegistries = hosts.Where(host => parts.LoginAt(host) is { PasswordSecret: null, Identity: not null })
            .Select(host => (parts.LoginAt(host)!.Value.Identity!, $"registry '{host}'"));
        var passwords = hosts.Select(host => parts.LoginAt(host)?.PasswordSecret).OfType<string>();
        var ofSecrets = TemplateUses.Secrets(template).Select(secret => secret.Key).Concat(passwords).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(secret => parts.KeyVaultIdentityOf(secret) is not null)
            .Select(secret => (parts.KeyVaultIdentityOf(secret)!, $"secret '{secret}'"));
        return ofRegistries.Concat(ofSecrets).Concat(ofRules)
            .GroupBy(use => use.Item1, use => use.Item2, StringComparer.OrdinalIgnoreCase).Select(Identity);
    }

    private ReadinessFinding Identity(IGrouping<string, string> identity)
    {
        var name = NameOf(identity.Key);
        return parts.HasIdentity(identity.Key) switch
        {
            true => Ready(ReadinessCheck.Identity, name, $"The app has the identity '{name}'; what that may do was not looked at."),
            false => NotReady(ReadinessCheck.Identity, name, $"The app does not have the identity '{name}' any more, which {Users(identity)} {(identity.Count() == 1 ? "needs" : "need")}."),
            null => Ready(ReadinessCheck.Identity, name, $"The identity '{name}' is not one of the app's own, and was not looked at."),
        };
    }

    private IEnumerable<ReadinessFinding> Volumes(JsonObject template)
    {
        foreach (var storage in TemplateUses.Storages(template))
        {
            yield return storages?.Has(storage.Key) switch
            {
                true => Ready(ReadinessCheck.Volume, storage.Key, $"The environment has the storage '{storage.Key}'."),
                false => NotReady(ReadinessCheck.Volume, storage.Key, $"The environment has no storage '{storage.Key}' any more, which {Users(storage)} {(storage.Count() == 1 ? "is" : "are")} on."),
                null => Unknown(ReadinessCheck.Volume, storage.Key, $"Whether the environment still has the storage '{storage.Key}' could not be seen: {storages?.Why}"),
            };
        }
    }

    private IEnumerable<ReadinessFinding> Profile()
    {
        if (profiles is null)
        {
            yield break;
        }

        var name = app.WorkloadProfileName!;
        yield return profiles.Has(name) switch
        {
            true => Ready(ReadinessCheck.WorkloadProfile, name, $"The environment has the workload profile '{name}'."),
            false => NotReady(ReadinessCheck.WorkloadProfile, name, $"The environment '{app.EnvironmentName}' has no workload profile '{name}' any more."),
            null => Unknown(ReadinessCheck.WorkloadProfile, name, $"Whether the environment still has the workload profile '{name}' could not be seen: {profiles.Why}"),
        };
    }

    private static IEnumerable<ReadinessFinding> Services(JsonObject template) => TemplateUses.Services(template).Select(id =>
        Unknown(ReadinessCheck.ServiceBind, NameOf(id), $"It is bound to the service '{NameOf(id)}', and whether that is still there was not looked at."));

    // A tag that was moved starts something else, which still is a start.
    private static IEnumerable<ReadinessFinding> Images(JsonObject template) => TemplateUses.Images(template).Select(image => ImageReference.Parse(image) switch
    {
        { Digest: not null } => Ready(ReadinessCheck.Image, image, $"The image '{image}' is named by its digest: what starts is what ran."),
        { Tag: "latest" } => Ready(ReadinessCheck.Image, image, $"The image '{image}' is whatever has the tag 'latest' by then: what starts is likely not what ran."),
        { Tag: var tag } => Ready(ReadinessCheck.Image, image, $"The image '{image}' is named by the tag '{tag}', which can be moved: what starts may differ from what ran."),
    });

    /// <summary>The last part of a resource id; other names as they are.</summary>
    private static string NameOf(string id) => id.Trim('/')[(id.Trim('/').LastIndexOf('/') + 1)..];

    private static string Users(IEnumerable<string> users) => string.Join(" and ", users.Distinct());

    private static ReadinessFinding Ready(ReadinessCheck check, string subject, string message) => ReadinessFinding.Of(check, ReadinessResult.Ready, subject, message);

    private static ReadinessFinding NotReady(ReadinessCheck check, string subject, string message) => ReadinessFinding.Of(check, ReadinessResult.NotReady, subject, message);

    private static ReadinessFinding Unknown(ReadinessCheck check, string subject, string message) => ReadinessFinding.Of(check, ReadinessResult.Unknown, subject, message);
}
