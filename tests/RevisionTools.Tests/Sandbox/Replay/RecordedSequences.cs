namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>The recorded sequences that begin with a state which the sandbox can be put in.</summary>
internal static class RecordedSequences
{
    private const string Deletions = "16_delete_and_404_2025.json";
    private const string RunningApp =
        """{"location":"France Central","properties":{"template":{"containers":[{"name":"postgres","image":"postgres:1"}]}}}""";

    internal static IReadOnlyList<RecordedSequence> All { get; } =
    [
        new("01", "01_multiple_mode_traffic_2024-04.json", ..) { Seed = 1 },
        new("03", "03_restart_deactivate_activate_replicas_delete_2024-05.json", ..) { Seed = 1 },
        new("04", "04_replica_commands_2024.json", ..) { Seed = 1 },
        new("08", "08_ingress_traffic_2025.json", ..) { Seed = 210 },
        new("09", "09_max_inactive_revisions_2025-05.json", ..) { Seed = 1 },
        new("10", "10_kind_functionapp_2025-05.json", ..) { Seed = 1 },
        new("16 delete", Deletions, 0..3)
        {
            Apps = [new SequenceApp("client.env_rg_francecentral", "postgres", RunningApp)],
        },
        new("16 delete of an absent app", Deletions, 3..4),
        new("16 absent app", Deletions, 12..13),
    ];
}
