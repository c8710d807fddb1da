using RevisionTools.Arm;
using RevisionTools.Arm.Wire;

namespace RevisionTools.Tests.Arm;

public sealed class ScaleVariablesTests
{
    private static readonly Dictionary<string, string> s_metadata = new() { ["queueName"] = "orders", ["connectionFromEnv"] = "BUS", ["passwordFromEnv"] = "PWD" };

    [Fact]
    public void A_secret_is_told_by_its_name_and_a_value_by_a_digest()
    {
        Assert.Equal("secret bus", Of(new TemplateVariable { Name = "BUS", SecretRef = "Bus" })["BUS"]);
        var value = Of(Value("BUS", "Endpoint=sb://contoso/"))["BUS"];
        Assert.Matches("^value #[0-9a-f]{16}$", value);
        Assert.Equal(value, Of(Value("BUS", "Endpoint=sb://contoso/"), Value("X", "y"))["BUS"]);
    }

    [Fact]
    public void What_lets_a_scaler_in_is_not_looked_at() => Assert.Empty(Of(Value("PWD", "1234")));

    [Fact]
    public void One_that_is_not_there_or_empty_or_not_the_same_in_all_containers_is_left_out()
    {
        Assert.Empty(ScaleVariables.Of(s_metadata, null));
        Assert.Empty(Of(null, null));
        Assert.Empty(Of(Value("bus", "a")));
        Assert.Empty(Of(new TemplateVariable { Name = "BUS" }));
        Assert.Empty(OfContainers([Value("BUS", "a")], [Value("BUS", "b")]));
        Assert.Single(OfContainers([Value("BUS", "a")], null, [null], [Value("BUS", "a")]));
    }

    private static TemplateVariable Value(string name, string value) => new() { Name = name, Value = value };

    private static IReadOnlyDictionary<string, string> Of(params TemplateVariable?[] variables) => OfContainers([.. variables]);

    private static IReadOnlyDictionary<string, string> OfContainers(params List<TemplateVariable?>?[] containers) =>
        ScaleVariables.Of(s_metadata, [null, .. containers.Select(variables => new TemplateContainer { Env = variables })]);
}
