using System.Diagnostics;
using System.Globalization;
using RevisionTools.FaultRuns.Mutants;

namespace RevisionTools.FaultRuns;

/// <summary>Makes runs, and tells what came of them.</summary>
internal static class CommandLine
{
    private const string Usage = """
        run FIRST COUNT [STEP]    makes COUNT runs, from seed FIRST on in steps of STEP
        replay SEED [MUTANT]      makes one run and tells all that happens in it
        twice FIRST COUNT         makes each run twice, and compares their requests
        mutants MOST              makes the code under test wrong in each way, and tells after how many of MOST seeds it is noticed
        """;

    private static readonly IReadOnlyList<Mutant> s_mutants = [.. InterlockMutants.All, .. RunMutants.All];

    /// <returns>0 when all is as it should be, 1 when an invariant is broken, 2 for arguments that say nothing.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["run", var first, var count]:
                return Many(Number(first), Number(count), 1, output);
            case ["run", var first, var count, var step]:
                return Many(Number(first), Number(count), Number(step), output);
            case ["replay", var seed]:
                return Replay(Number(seed), null, output);
            case ["replay", var seed, var mutant]:
                return Replay(Number(seed), s_mutants.First(known => known.Name == mutant), output);
            case ["twice", var first, var count]:
                return Twice(Number(first), Number(count), output);
            case ["mutants", var most]:
                return Mutate(Number(most), output);
            default:
                output.WriteLine(Usage);
                return 2;
        }
    }

    private static int Many(int first, int count, int step, TextWriter output)
    {
        var real = Stopwatch.StartNew();
        long requests = 0, deactivated = 0;
        var broken = 0;
        var longest = TimeSpan.Zero;
        for (var index = 0; index < count; index++)
        {
            var report = FaultRun.Of(first + (index * step));
            (requests, deactivated) = (requests + report.Requests, deactivated + report.Deactivated);
            longest = report.Virtual > longest ? report.Virtual : longest;
            if (report.Broken is not null)
            {
                broken++;
                Replay(report.Seed, null, output);
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} runs, {requests} requests, {deactivated} revisions taken down, {broken} broken, longest {longest:hh\\:mm\\:ss}, {real.Elapsed.TotalSeconds:0.0} s"));
        return broken == 0 ? 0 : 1;
    }

    private static int Replay(int seed, Mutant? mutant, TextWriter output)
    {
        var report = FaultRun.Of(seed, mutant, isVerbose: true);
        foreach (var line in report.Log)
        {
            output.WriteLine(line);
        }

        output.WriteLine($"seed {seed}: {report.Broken ?? "all invariants hold"}");
        return report.Broken is null ? 0 : 1;
    }

    private static int Twice(int first, int count, TextWriter output)
    {
        var unlike = Enumerable.Range(first, count).Where(seed => FaultRun.Of(seed).Hash != FaultRun.Of(seed).Hash).ToList();
        output.WriteLine($"{count} runs made twice, {unlike.Count} unlike{(unlike.Count == 0 ? "" : $": {string.Join(", ", unlike)}")}");
        return unlike.Count == 0 ? 0 : 1;
    }

    private static int Mutate(int most, TextWriter output)
    {
        var missed = 0;
        foreach (var mutant in s_mutants)
        {
            var noticed = Enumerable.Range(1, most).FirstOrDefault(seed => IsNoticed(FaultRun.Of(seed, mutant), mutant));
            missed += noticed == 0 ? 1 : 0;
            output.WriteLine($"{(noticed == 0 ? "MISSED" : noticed.ToString(CultureInfo.InvariantCulture)),6}  {mutant.Name}");
        }

        return missed == 0 ? 0 : 1;
    }

    private static bool IsNoticed(RunReport report, Mutant mutant) =>
        report.Broken?.Contains(mutant.Notices, StringComparison.Ordinal) == true;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
