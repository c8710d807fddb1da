using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

/// <summary>Template files: what can be read, and where they are wrong.</summary>
public sealed class TemplateDocumentTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Theory]
    [InlineData("""{ "containers": [{ "name": "web" }] }""", false)]
    [InlineData("""{ "template": { "containers": [{ "name": "web" }] } }""", false)]
    [InlineData("""{ "id": "/x", "name": "web--1", "properties": { "active": true, "template": { "containers": [{ "name": "web" }] } } }""", false)]
    [InlineData("""{ "name": "web", "properties": { "configuration": { }, "template": { "Containers": [{ "NAME": "web" }] } } }""", true)]
    [InlineData("\uFEFF// a note\n{ \"containers\": [{ \"name\": \"web\" }] }", false)]
    public void A_template_an_app_and_a_revision_are_read(string text, bool hasConfiguration)
    {
        File.WriteAllText(_path, text);

        var document = TemplateDocument.OfFile(_path);

        Assert.Equal("""{"containers":[{"name":"web"}]}""", document.Template.ToJsonString());
        Assert.Equal(hasConfiguration, document.Configuration is not null);
    }

    [Theory]
    [InlineData("containers:\n- name: web\n", "line 1, position 1")]
    [InlineData("{\n  \"containers\": [\n    { \"name\": web }\n  ]\n}", "line 3, position 15")]
    [InlineData("", "line 1, position 1")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("""{ "a": 1 }""", "neither a template nor an app or a revision")]
    [InlineData("""{ "template": "x" }""", "neither a template")]
    [InlineData("""{ "containers": {} }""", "'containers' is no list of objects")]
    [InlineData("""{ "containers": [1] }""", "'containers' is no list of objects")]
    [InlineData("""{ "containers": [{ "name": "web", "env": { "KEY": "x" } }] }""", "of the container 'web' 'env' is no list of objects")]
    [InlineData("""{ "initContainers": [{ "name": "first", "env": ["KEY=x"] }] }""", "of the container 'first' 'env' is no list of objects")]
    [InlineData("""{ "containers": [{ "probes": { "liveness": {} } }] }""", "'probes' is no list of objects")]
    [InlineData("""{ "containers": [{ "probes": [{ "httpGet": "/" }] }] }""", "'httpGet' is no object")]
    [InlineData("""{ "containers": [{ "probes": [{ "httpGet": { "httpHeaders": { "Authorization": "x" } } }] }] }""", "'httpHeaders' is no list of objects")]
    [InlineData("""{ "containers": [{ "volumeMounts": ["data"] }] }""", "'volumeMounts' is no list of objects")]
    [InlineData("""{ "containers": [{ "command": "/bin/sh" }] }""", "'command' is no list of texts")]
    [InlineData("""{ "containers": [{ "args": [1] }] }""", "'args' is no list of texts")]
    [InlineData("""{ "scale": { "rules": [{ "name": "r", "custom": { "metadata": ["connection=x"] } }] } }""", "'metadata' of a rule is no object")]
    [InlineData("""{ "scale": { "rules": [{ "name": "r", "custom": "x" }] } }""", "a rule of 'scale' is no object")]
    [InlineData("""{ "properties": { "template": {}, "configuration": { "secrets": { "a": "x" } } } }""", "'secrets' is no list of objects")]
    [InlineData("""{ "scale": [] }""", "'scale' is no object")]
    [InlineData("""{ "scale": {}, "scale": {} }""", "stands in it twice")]
    public void Anything_else_is_refused_and_where(string text, string message)
    {
        File.WriteAllText(_path, text);

        var failure = Assert.Throws<RevisionToolsException>(() => TemplateDocument.OfFile(_path));

        Assert.Equal(FailureKind.InvalidTemplateFile, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var failure = Assert.Throws<RevisionToolsException>(() => TemplateDocument.OfFile(_path + ".no"));

        Assert.Equal(FailureKind.InvalidTemplateFile, failure.Kind);
        Assert.Contains(".no", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);
}
