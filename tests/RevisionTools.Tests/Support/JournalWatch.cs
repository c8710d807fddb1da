using System.Collections.Concurrent;
using System.Diagnostics;

namespace RevisionTools.Tests.Support;

/// <summary>Looks into the journal's file at the moment at which a deactivation is on the wire.</summary>
internal sealed class JournalWatch(HttpMessageHandler inner, string file) : DelegatingHandler(inner)
{
    private readonly ConcurrentQueue<string> _told = [];

    /// <summary>The revisions of which the file told when their deactivation was sent.</summary>
    public IReadOnlyCollection<string> Told => _told;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (RevisionId.TryParse(request.RequestUri!.AbsolutePath) is { } id && request.RequestUri.AbsolutePath.EndsWith("/deactivate", StringComparison.Ordinal))
        {
            var lines = Read().Split('\n');
            Assert.Contains(lines.SkipLast(1), line => line.Contains($"/{id.Name}\"", StringComparison.Ordinal) && line.Contains("\"line\":\"Before\"", StringComparison.Ordinal));
            _told.Enqueue(id.Name);
        }

        return base.SendAsync(request, cancellationToken);
    }

    // On Unix .NET itself does not open what another stream has locked; every other program does.
    private string Read()
    {
        if (OperatingSystem.IsWindows())
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }

        using var cat = Process.Start(new ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })!;
        return cat.StandardOutput.ReadToEnd();
    }
}
