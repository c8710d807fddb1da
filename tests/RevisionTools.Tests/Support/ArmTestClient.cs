using Azure.Core;
using RevisionTools.Arm;

namespace RevisionTools.Tests.Support;

/// <summary>A client over a scripted transport, on a clock that does not make tests wait.</summary>
internal static class ArmTestClient
{
    public const string SubscriptionId = "00000000-0000-0000-0000-000000000000";
    public static readonly ContainerAppId App = new(SubscriptionId, "shop", "web");
    public static readonly RevisionId Revision = new(App, "web--0000002");

    public static ArmOptions Options(
        HttpMessageHandler transport, TimeProvider? time = null, TokenCredential? credential = null, string endpoint = "https://management.azure.com") =>
        new()
        {
            Endpoint = new Uri(endpoint),
            Credential = credential ?? new FakeCredential(),
            Scopes = ["https://management.azure.com/.default"],
            Time = time ?? new AutoClock(),
            Transport = transport,
            Version = "1.2.3",
            Random = new Random(7),
        };

    public static ContainerAppsClient Create(HttpMessageHandler transport, TimeProvider? time = null) => new(Options(transport, time));

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        await foreach (var item in source)
        {
            items.Add(item);
        }

        return items;
    }
}
