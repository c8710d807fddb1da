namespace RevisionTools;

/// <summary>What a proposed change of an app would do: whether it makes a revision, and which of its fields do.</summary>
/// <remarks>Fields are paths as they stand in the patch, below <c>properties</c>: <c>template.containers[web].image</c>, <c>configuration.ingress.targetPort</c>.</remarks>
public sealed record ChangeScope
{
    private readonly string[] _revisionFields = [];
    private readonly string[] _applicationFields = [];
    private readonly string[] _unchanged = [];
    private readonly string[] _unknownFields = [];
    private readonly string[] _warnings = [];

    /// <summary>The app that the change was held against; null where none was named.</summary>
    public string? ContainerAppName { get; init; }

    /// <summary>The resource group of the app; null where none was named.</summary>
    public string? ResourceGroupName { get; init; }

    /// <summary>Whether Azure would make a new revision.</summary>
    public bool MakesRevision => _revisionFields.Length > 0;

    /// <summary>The fields that make a revision.</summary>
    public required IReadOnlyList<string> RevisionFields
    {
        get => _revisionFields;
        init => _revisionFields = IndexableList.Of(value);
    }

    /// <summary>The fields that apply to the app with all its revisions, and make none.</summary>
    public required IReadOnlyList<string> ApplicationFields
    {
        get => _applicationFields;
        init => _applicationFields = IndexableList.Of(value);
    }

    /// <summary>Fields of the change that the app has as they are; empty where no app was named.</summary>
    public IReadOnlyList<string> Unchanged
    {
        get => _unchanged;
        init => _unchanged = IndexableList.Of(value);
    }

    /// <summary>Fields that no version of the API is known to have. They are among the others too, by where they stand.</summary>
    public IReadOnlyList<string> UnknownFields
    {
        get => _unknownFields;
        init => _unknownFields = IndexableList.Of(value);
    }

    /// <summary>What else comes of the change, one sentence each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get => _warnings;
        init => _warnings = IndexableList.Of(value);
    }
}
