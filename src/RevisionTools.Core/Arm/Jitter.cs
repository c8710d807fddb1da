namespace RevisionTools.Arm;

/// <summary>Draws from a <see cref="Random"/> that parallel calls share; one with a seed is not safe for that by itself.</summary>
internal sealed class Jitter(Random random)
{
    private readonly object _lock = new();

    /// <summary>A number from 0 up to 1.</summary>
    public double Next()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }
}
