using System.Collections.Concurrent;
using RevisionTools.Preflight;
using RevisionTools.Templates;

namespace RevisionTools.Registries;

/// <summary>
/// Says whether images are still in their registries. Only registries that the person has named are asked: the name of an image is chosen by
/// whoever may write the app, and a token must not follow it. Each image is asked for once.
/// </summary>
internal sealed class ImageCheck : IImageCheck
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ReadinessFinding>>> _findings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _registries;
    private readonly RegistryClient _client;

    /// <exception cref="RevisionToolsException"><see cref="FailureKind.InvalidRegistry"/>: a name is none of a registry of the cloud.</exception>
    public ImageCheck(RegistrySettings settings, IReadOnlyList<string> registries)
    {
        if (settings.Suffix is not { } suffix)
        {
            throw new RevisionToolsException(
                FailureKind.InvalidRegistry, "What registries of a cloud of your own are called is not known, and no token goes to any other.");
        }

        foreach (var registry in registries)
        {
            var name = registry.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? registry[..^suffix.Length] : "";
            if (name.Length == 0 || !IsLabel(name))
            {
                throw new RevisionToolsException(
                    FailureKind.InvalidRegistry, $"'{registry}' is not the host name of a registry of the connected cloud: name{suffix}, no more and no less.");
            }
        }

        _registries = new HashSet<string>(registries, StringComparer.OrdinalIgnoreCase);
        _client = new RegistryClient(settings);
    }

    public Task<ReadinessFinding> CheckAsync(string image, CancellationToken cancellationToken) =>
        _findings.GetOrAdd(image, _ => new(() => AskAsync(image, cancellationToken))).Value;

    private async Task<ReadinessFinding> AskAsync(string image, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image);
        if (!_registries.Contains(reference.Registry))
        {
            return Unknown(image, KnownRegistries.IsAzure(reference.Registry)
                ? $"-Registry does not name '{reference.Registry}', and no token goes to a registry that was not named"
                : $"'{reference.Registry}' is no Azure Container Registry, and others are not asked");
        }

        if (!ImageNames.IsWellFormed(reference))
        {
            return Unknown(image, "its name is not one that a registry could have");
        }

        var (isThere, why) = await _client.AskAsync(reference.Registry.ToLowerInvariant(), reference.Repository, reference.Digest ?? reference.Tag!, cancellationToken)
            .ConfigureAwait(false);
        return isThere switch
        {
            true => ReadinessFinding.Of(ReadinessCheck.Image, ReadinessResult.Ready, image, $"The image '{image}' is in its registry."),
            false => ReadinessFinding.Of(ReadinessCheck.Image, ReadinessResult.NotReady, image, $"The image '{image}' is not in its registry any more."),
            null => Unknown(image, why),
        };
    }

    private static ReadinessFinding Unknown(string image, string why) =>
        ReadinessFinding.Of(ReadinessCheck.Image, ReadinessResult.Unknown, image, $"Whether the image '{image}' is still there could not be seen: {why.TrimEnd('.')}.");

    // A login server of which only one owner can be ends in a hash behind a hyphen. A dot would make it another host, so there is none.
    private static bool IsLabel(string name) => name.Split('-').All(part => part.Length > 0 && part.All(char.IsAsciiLetterOrDigit));
}
