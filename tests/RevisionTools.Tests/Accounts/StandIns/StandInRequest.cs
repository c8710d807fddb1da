using System.Web;

namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>A request as it came in over HTTP.</summary>
internal sealed record StandInRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Address.AbsolutePath;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? Query(string name) => HttpUtility.ParseQueryString(Address.Query)[name];

    public string? Form(string name) => HttpUtility.ParseQueryString(Body)[name];
}
