using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

/// <summary>Templates of listed revisions.</summary>
public sealed class ListedDocumentTests
{
    [Fact]
    public async Task What_a_list_leaves_out_is_read_one_by_one()
    {
        var handler = new ScriptedHandler()
            .Then(200, """
                { "value": [
                  { "name": "web--0000001", "properties": { "template": { "containers": [{ "name": "web", "image": "x/web:1" }] } } },
                  { "name": "web--0000002", "properties": { "active": true } } ] }
                """)
            .Then(200, """{ "name": "web--0000002", "properties": { "template": { "containers": [{ "name": "web", "image": "x/web:2" }] } } }""");

        var documents = await ArmTestClient.Create(handler).ListRevisionDocumentsAsync(ArmTestClient.App, default).ToListAsync();

        Assert.Equal(
            [("web--0000001", "x/web:1"), ("web--0000002", "x/web:2")],
            documents.Select(document => (document.Revision.Name, document.Template["containers"]![0]!["image"]!.GetValue<string>())));
        Assert.EndsWith("/revisions/web--0000002", handler.Requests[^1].Uri.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal((2, 0), (handler.Requests.Count, handler.StepsLeft));
    }
}
