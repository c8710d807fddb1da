using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Core;
using RevisionTools.Accounts;
using RevisionTools.Arm;
using RevisionTools.Tests.Accounts.StandIns;
using RevisionTools.Tests.Support;

namespace RevisionTools.Tests.Accounts;

public sealed class SecretTests
{
    private const string Planted = "pl4nted-s3cret";

    private static readonly string[] s_secretNames = ["Secret", "Text", "Token", "Password", "AccessToken", "SystemAccessToken"];

    // Every record of the folders that handle secrets, so that the next one is looked at as well.
    private static readonly string[] s_records =
    [
        .. typeof(SignIn).Assembly.GetTypes()
            .Where(type => type.Namespace is "RevisionTools.Accounts" or "RevisionTools.Arm" or "RevisionTools.Registries" && !type.IsAbstract)
            .Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
            .Where(type => Secrets(type).Any())
            .Select(type => type.FullName!),
    ];

    public static TheoryData<string> Records() => [.. s_records];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_that_holds_a_secret_does_not_print_it(string name)
    {
        var type = typeof(SignIn).Assembly.GetType(name)!;
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in Secrets(type))
        {
            property.SetValue(record, Planted);
        }

        Assert.DoesNotContain(Planted, $"{record}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_records_that_are_known_to_hold_secrets_are_among_those_looked_at() =>
        Assert.Superset(
            new HashSet<string> { typeof(SignIn.ClientSecret).FullName!, typeof(SignIn.Token).FullName!, typeof(CallerToken).FullName! },
            s_records.ToHashSet());

    [Fact]
    public void No_credential_prints_what_it_signs_in_with()
    {
        using var certificate = TestCertificate.Create(TimeSpan.FromDays(1));
        SignIn[] ways =
        [
            new SignIn.ClientSecret("a", Planted), new SignIn.Token(Planted), new SignIn.ClientCertificate("a", certificate), new SignIn.AzurePipelines("c", "a"),
            new SignIn.Automatic(), new SignIn.ManagedIdentity(null), new SignIn.AzureCli(), new SignIn.Interactive(), new SignIn.DeviceCode((_, _) => Task.CompletedTask),
        ];
        var settings = new CredentialSettings
        {
            Cloud = CloudEndpoints.Of(AzureEnvironment.AzureCloud),
            TenantId = "t",
            ReadVariable = name => name.StartsWith("SYSTEM_OIDC", StringComparison.Ordinal) ? "https://x" : name.StartsWith("SYSTEM", StringComparison.Ordinal) ? Planted : null,
        };

        Assert.All(ways, way =>
        {
            var credential = Credentials.Create(way, settings);
            var connection = new ConnectionSettings { Arm = ArmTestClient.Options(new ScriptedHandler(), credential: credential), RegistryCredential = credential };
            Assert.DoesNotContain(Planted, $"{way} {credential} {connection} {settings}", StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_token_in_hand_is_not_printed() =>
        Assert.DoesNotContain(Planted, HeldToken.Take(new AccessToken(Planted, DateTimeOffset.MaxValue), default, default, null, false).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("the secret pl4nted-s3cret.", "the secret ***.")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln and more", "Bearer *** and more")]
    [InlineData("half of eyJhbGciOiJub25lIn0", "half of ***")]
    [InlineData("https://ada:w0rd@proxy:8080/ and https://proxy/", "https://***@proxy:8080/ and https://proxy/")]
    [InlineData("nothing to hide: a@b, key, eyJ", "nothing to hide: a@b, key, eyJ")]
    public void Secrets_are_taken_out_of_the_words_of_others(string text, string expected) => Assert.Equal(expected, new Redaction([Planted, null, ""]).Hide(text));

    private static IEnumerable<PropertyInfo> Secrets(Type type) =>
        type.GetProperties().Where(property => s_secretNames.Contains(property.Name) && property.PropertyType == typeof(string) && property.CanWrite);
}
