using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class ConnectionSettingsTests
{
    [Fact]
    public async Task The_log_is_told_of_the_requests_of_a_connection()
    {
        var records = new List<ArmRequestRecord>();
        var handler = new ScriptedHandler().Then(200, """{"value":[{"subscriptionId":"s-1","state":"Enabled"}]}""");

        await Connection.ConnectAsync(ConnectionSettings.ForSandbox(handler, new ManualClock(), "s-1", Keep), default);

        var record = Assert.Single(records);
        Assert.Equal(("GET", "/subscriptions", 1, 200), (record.Method, record.Path, record.Try, record.Status));
        Assert.Equal(Keep, ConnectionSettings.ForCloud(AzureEnvironment.AzureCloud, null, null, "token", Keep).Arm.Log);

        ValueTask Keep(ArmRequestRecord record)
        {
            records.Add(record);
            return ValueTask.CompletedTask;
        }
    }
}
