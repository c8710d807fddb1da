namespace RevisionTools.FaultRuns.Fleet;

/// <summary>Draws a retention policy that is valid, mostly a harsh one: what keeps nothing leaves all to the interlocks.</summary>
internal static class RandomPolicy
{
    public static RetentionPolicy Draw(Random random)
    {
        while (true)
        {
            var policy = One(random);
            try
            {
                policy.Validate();
                return policy;
            }
            catch (RevisionToolsException)
            {
                // Draws that contradict themselves are refused before anything is read, and so teach nothing here.
            }
        }
    }

    private static RetentionPolicy One(Random random) => random.In100(35) ? KeepingNothing(random) : Any(random);

    private static RetentionPolicy KeepingNothing(Random random) => new()
    {
        KeepSinceCreated = TimeSpan.FromSeconds(1),
        Failed = random.In100(30) ? TimeSpan.Zero : null,
        MaxInactive = random.In100(15) ? random.Next(1, 5) : null,
    };

    private static RetentionPolicy Any(Random random) => new()
    {
        KeepLast = random.In100(60) ? random.Of(0, 0, 1, 1, 2, 3) : null,
        KeepSinceCreated = random.In100(45) ? random.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(5)) : null,
        KeepSinceActive = random.In100(15) ? random.Of(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) : null,
        KeepDaily = random.In100(8) ? random.Next(3) : null,
        KeepWeekly = random.In100(5) ? random.Next(2) : null,
        KeepMonthly = random.In100(5) ? random.Next(2) : null,
        KeepLastPerLabel = random.In100(8) ? random.Next(3) : null,
        KeepLastPerImage = random.In100(8) ? random.Next(2) : null,
        KeepName = random.In100(25) ? [random.Of("v0", "*1", "*2", "app?--v3")] : [],
        MaxActive = random.In100(15) ? random.Next(1, 4) : null,
        MaxInactive = random.In100(15) ? random.Next(1, 5) : null,
        Failed = random.In100(35) ? random.Of(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)) : null,
        GroupBy = random.In100(10) ? random.Of(RetentionGrouping.Image, RetentionGrouping.Label) : RetentionGrouping.App,
    };
}
