namespace RevisionTools.Sandbox;

/// <summary>What the samples of a span of time come to, one sample a minute and revision.</summary>
internal struct MetricPoint
{
    internal int Count { get; private set; }

    internal double Total { get; private set; }

    internal double Minimum { get; private set; }

    internal double Maximum { get; private set; }

    internal readonly double Average => Count == 0 ? 0 : Total / Count;

    /// <summary>Adds the sample of a minute; least and most within it may differ from its mean.</summary>
    internal void Add(double value, double least, double most)
    {
        Total += value;
        Minimum = Count == 0 ? least : Math.Min(Minimum, least);
        Maximum = Count == 0 ? most : Math.Max(Maximum, most);
        Count++;
    }

    /// <summary>Adds the same span of another revision.</summary>
    internal void Add(MetricPoint other)
    {
        if (other.Count == 0)
        {
            return;
        }

        Minimum = Count == 0 ? other.Minimum : Math.Min(Minimum, other.Minimum);
        Maximum = Count == 0 ? other.Maximum : Math.Max(Maximum, other.Maximum);
        Total += other.Total;
        Count += other.Count;
    }

    internal readonly double Value(string aggregation) => aggregation switch
    {
        "Total" => Total,
        "Minimum" => Minimum,
        "Maximum" => Maximum,
        "Count" => Count,
        _ => Average,
    };
}
