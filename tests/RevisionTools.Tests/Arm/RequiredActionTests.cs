using Azure.Core;
using RevisionTools.Arm;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Arm;

public sealed class RequiredActionTests
{
    [Theory]
    [InlineData("GET", "", "Microsoft.App/containerApps/read")]
    [InlineData("PATCH", "", "Microsoft.App/containerApps/write")]
    [InlineData("DELETE", "", "Microsoft.App/containerApps/delete")]
    [InlineData("GET", "/revisions", "Microsoft.App/containerApps/revisions/read")]
    [InlineData("GET", "/revisions/r", "Microsoft.App/containerApps/revisions/read")]
    [InlineData("POST", "/revisions/r/activate", "Microsoft.App/containerApps/revisions/activate/action")]
    [InlineData("POST", "/revisions/r/deactivate", "Microsoft.App/containerApps/revisions/deactivate/action")]
    [InlineData("POST", "/revisions/r/restart", "Microsoft.App/containerApps/revisions/restart/action")]
    [InlineData("GET", "/revisions/r/replicas", "Microsoft.App/containerApps/revisions/replicas/read")]
    public void The_action_follows_from_method_and_path(string method, string below, string expected) =>
        Assert.Equal(expected, RequiredAction.Derive(RequestMethod.Parse(method), ArmTestClient.App.Path + below));

    [Theory]
    [InlineData("/subscriptions", "Microsoft.Resources/subscriptions/read")]
    [InlineData("/subscriptions/s/providers/Microsoft.App/containerApps", "Microsoft.App/containerApps/read")]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps", "Microsoft.App/containerApps/read")]
    public void Lists_need_to_read(string path, string expected) =>
        Assert.Equal(expected, RequiredAction.Derive(RequestMethod.Get, path));

    [Theory]
    [InlineData("does not have authorization to perform action 'A/b/read' over scope", "A/b/read")]
    [InlineData("The client has permission to perform action 'A/b/write' on scope 's'; however, it does not have permission to perform action(s) 'C/join/action' on the linked scope(s)", "C/join/action")]
    [InlineData("not allowed to perform action 'A/b/delete'", "A/b/delete")]
    [InlineData("Forbidden.", null)]
    [InlineData(null, null)]
    public void The_action_that_the_refusal_names_is_found(string? message, string? expected) =>
        Assert.Equal(expected, RequiredAction.InMessage(message));
}
