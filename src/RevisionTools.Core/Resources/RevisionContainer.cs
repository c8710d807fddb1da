using RevisionTools.Templates;

namespace RevisionTools;

/// <summary>A container of a revision: its image, taken apart, and what it asks for.</summary>
/// <remarks>API types <c>Container</c> and <c>ContainerResources</c>. An image that names no registry is one of Docker Hub.</remarks>
public sealed record RevisionContainer
{
    /// <summary>The container's name in the template.</summary>
    public required string Name { get; init; }

    /// <summary>The image as the template has it.</summary>
    public required string Image { get; init; }

    /// <summary>The registry that the image comes from, with its port if it has one; <c>docker.io</c> where the image names none.</summary>
    public string Registry => ImageReference.Parse(Image).Registry;

    /// <summary>The repository within the registry, <c>library/nginx</c> for Docker Hub's <c>nginx</c>.</summary>
    public string Repository => ImageReference.Parse(Image).Repository;

    /// <summary>The tag: <c>latest</c> where the image names neither tag nor digest, null where it names a digest only.</summary>
    public string? Tag => ImageReference.Parse(Image).Tag;

    /// <summary>The digest, <c>sha256:...</c>, which decides even beside a tag; null where the image names none.</summary>
    public string? Digest => ImageReference.Parse(Image).Digest;

    /// <summary>The CPU cores that it asks for; 0.5 is half a core. Null where the template leaves it to the service.</summary>
    public double? Cpu { get; init; }

    /// <summary>The memory that it asks for, as Azure writes it (<c>1Gi</c>). Null where the template leaves it to the service.</summary>
    public string? Memory { get; init; }

    /// <summary>Name and image.</summary>
    public override string ToString() => $"{Name}={Image}";
}
