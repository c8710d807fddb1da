using RevisionTools.Cmdlets.Hosting;

namespace RevisionTools.Tests.Hosting;

public sealed class HostProfileTests
{
    private static readonly HostFacts s_terminal = new(HostFacts.ConsoleName, false, true, false, false, false);

    public static TheoryData<string, object, bool, bool> Hosts => new()
    {
        { "a console at a terminal", s_terminal, true, true },
        { "the same with -NonInteractive", s_terminal with { RefusesPrompts = true }, false, false },
        { "something piped into it", s_terminal with { IsInputRedirected = true }, false, true },
        { "its output in a file", s_terminal with { IsOutputRedirected = true }, true, false },
        { "a build step", s_terminal with { IsInputRedirected = true, IsOutputRedirected = true }, false, false },
        { "a Windows service", s_terminal with { IsUserInteractive = false }, false, false },
        { "a runbook", s_terminal with { IsRunbook = true }, false, false },
        { "an editor, which talks to its console by pipes", s_terminal with { Name = "Visual Studio Code Host", IsInputRedirected = true, IsOutputRedirected = true }, true, true },
        { "a host without a user interface", s_terminal with { Name = "Default Host", RefusesPrompts = true }, false, false },
        { "a remote session", s_terminal with { Name = "ServerRemoteHost", IsInputRedirected = true, IsOutputRedirected = true }, true, true },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_is_known_by_what_it_can_do(string what, object facts, bool isInteractive, bool showsProgress) =>
        Assert.Equal((what, new HostProfile(isInteractive, showsProgress)), (what, HostProfile.Of((HostFacts)facts)));

    [Theory]
    [InlineData("AUTOMATION_ASSET_ACCOUNTID", "0b8e1d0a-0000-4000-8000-000000000001", true)]
    [InlineData("AZUREPS_HOST_ENVIRONMENT", "AzureAutomation/", true)]
    [InlineData("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0", false)]
    [InlineData("AZUREPS_HOST_ENVIRONMENT", "ADO/AzurePowerShell@v5_Linux", false)]
    [InlineData("AUTOMATION_ASSET_ACCOUNTID", "", false)]
    [InlineData("TF_BUILD", "True", false)]
    [InlineData("CI", "true", false)]
    public void A_runbook_is_known_by_what_Azure_Automation_sets(string name, string value, bool expected) =>
        Assert.Equal(expected, HostFacts.IsRunbookBy(asked => asked == name ? value : null));
}
