using RevisionTools.Templates;

namespace RevisionTools.Tests.Templates;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Theory]
    [InlineData("contoso.azurecr.io/shop/web:5.1", "contoso.azurecr.io", "shop/web", "5.1", null)]
    [InlineData("contoso.azurecr.io/web", "contoso.azurecr.io", "web", "latest", null)]
    [InlineData("contoso.azurecr.io/web@" + Digest, "contoso.azurecr.io", "web", null, Digest)]
    [InlineData("contoso.azurecr.io/web:5.1@" + Digest, "contoso.azurecr.io", "web", "5.1", Digest)]
    [InlineData("registry:5000/web:5.1", "registry:5000", "web", "5.1", null)]
    [InlineData("registry.example.net:5000/web", "registry.example.net:5000", "web", "latest", null)]
    [InlineData("localhost/web:1", "localhost", "web", "1", null)]
    [InlineData("nginx", "docker.io", "library/nginx", "latest", null)]
    [InlineData("nginx:1.27", "docker.io", "library/nginx", "1.27", null)]
    [InlineData("nginx@" + Digest, "docker.io", "library/nginx", null, Digest)]
    [InlineData("grafana/grafana:11", "docker.io", "grafana/grafana", "11", null)]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx", "latest", null)]
    [InlineData("index.docker.io/library/nginx:1", "docker.io", "library/nginx", "1", null)]
    [InlineData(" mcr.microsoft.com/k8se/quickstart:latest ", "mcr.microsoft.com", "k8se/quickstart", "latest", null)]
    public void An_image_is_taken_apart(string image, string registry, string repository, string? tag, string? digest) =>
        Assert.Equal(new ImageReference(registry, repository, tag, digest), ImageReference.Parse(image));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData("/")]
    [InlineData("a.b/")]
    [InlineData("web:@")]
    public void What_is_no_image_throws_nothing(string image)
    {
        var container = new RevisionContainer { Name = "web", Image = image };

        Assert.NotNull(container.Registry + container.Repository + container.Tag + container.Digest);
    }
}
