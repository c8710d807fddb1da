namespace RevisionTools.Tests.Sandbox.Replay;

/// <summary>The recorded sequences that begin with a state which the sandbox can be put in.</summary>
internal static class RecordedSequences
{
    private const string Replicas = "12_replica_states.json";
    private const string Errors = "13_errors.json";
    private const string Lists = "14_containerapps_list.json";
    private const string Deletions = "16_delete_and_404_2025.json";
    private const string Functions = "18_functions_of_a_revision_2025.json";
    private const string Group = "clitest.rg000001";
    private const string Stage = "North Central US (Stage)";

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    internal static IReadOnlyList<RecordedSequence> All { get; } =
    [
        new("01", "01_multiple_mode_traffic_2024-04.json", ..) { Seed = 66 },
        new("03", "03_restart_deactivate_activate_replicas_delete_2024-05.json", ..) { Seed = 7948 },
        new("04", "04_replica_commands_2024.json", ..) { Seed = 3 },
        new("08", "08_ingress_traffic_2025.json", ..) { Seed = 612 },
        new("09", "09_max_inactive_revisions_2025-05.json", ..) { Seed = 313 },
        new("10", "10_kind_functionapp_2025-05.json", ..) { Seed = 18 },
        new("12 running", Replicas, 0..1) { Before = [SetupCall.App(Group, "containerapp-e2e1000002", "East US", s_hour)] },
        new("12 restarted", Replicas, 1..2)
        {
            Seed = 2,
            Before =
            [
                SetupCall.App(Group, "containerapp-e2e2000003", "East US", s_hour),
                SetupCall.Restart(Group, "containerapp-e2e2000003", TimeSpan.FromSeconds(10)),
            ],
        },
        new("12 crashing", Replicas, 5..6)
        {
            Before = [SetupCall.App(Group, "containerapp-debug2000003", Stage, s_hour, image: "nginx:1-crash")],
        },
        new("12 pulling", Replicas, 7..8)
        {
            Before = [SetupCall.App(Group, "aca000002", Stage, TimeSpan.Zero, replicas: 3)],
        },
        new("12 starting", Replicas, 8..9)
        {
            Before = [SetupCall.App(Group, "aca000002", Stage, TimeSpan.FromSeconds(4.5), replicas: 3)],
        },
        new("12 with an init container", Replicas, 6..7)
        {
            Before =
            [
                SetupCall.App(
                    Group, "capp000002", Stage, s_hour, initContainers: """[{"name":"metadata-check","image":"check:1"}]"""),
            ],
        },
        new("13 registry without secret", Errors, 0..1),
        new("13 absent environment", Errors, 1..2),
        new("14 empty group", Lists, 0..1),
        new("14 empty group, preview", Lists, 3..4),
        new("16 delete", Deletions, 0..3)
        {
            Before = [SetupCall.App("client.env_rg_francecentral", "postgres", "France Central", s_hour)],
        },
        new("16 delete of an absent app", Deletions, 3..4),
        new("16 absent app", Deletions, 12..13),
        new("18 absent group", Functions, 2..3),
        new("18 absent app", Functions, 3..4),
        new("18 functions of an absent revision", Functions, 4..5) { Before = [SetupCall.App(Group, "functionapp000003", Stage, s_hour)] },
    ];
}
