namespace RevisionTools.Preflight;

/// <summary>Says whether an image is still in its registry.</summary>
internal interface IImageCheck
{
    Task<ReadinessFinding> CheckAsync(string image, CancellationToken cancellationToken);
}
