namespace RevisionTools.Sandbox;

/// <summary>A class of requests that ARM counts by itself: reads, deletes, and writes, which POST belongs to (ARM-FACTS 7).</summary>
/// <param name="Name">As it stands in the error message.</param>
/// <param name="Header">As it stands at the end of the header names.</param>
/// <param name="Size">The bucket of a principal in a subscription.</param>
/// <param name="TenantSize">The bucket of a principal in the tenant.</param>
/// <param name="Refill">Tokens a second.</param>
internal sealed record RequestClass(string Name, string Header, int Size, int TenantSize, int Refill)
{
    /// <summary>All principals of a subscription together have this many times the bucket of one.</summary>
    internal const int GlobalFactor = 15;

    private static readonly RequestClass s_read = new("read", "reads", 250, 250, 25);
    private static readonly RequestClass s_write = new("write", "writes", 200, 200, 10);
    private static readonly RequestClass s_delete = new("delete", "deletes", 200, 200, 10);

    internal static RequestClass Of(string method) => method switch
    {
        "GET" or "HEAD" => s_read,
        "DELETE" => s_delete,
        _ => s_write,
    };
}
