namespace RevisionTools.Tests.Accounts.StandIns;

/// <summary>Tests that set variables of the process, which the library reads by itself, run one after the other and put them back.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessVariables
{
    public const string Name = "variables of the process";

    private static readonly string[] s_all =
        ["IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET", "IMDS_ENDPOINT", "SYSTEM_OIDCREQUESTURI",
         "AZURE_TOKEN_CREDENTIALS", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_POD_IDENTITY_AUTHORITY_HOST"];

    /// <summary>Sets some, and takes away the others that a credential looks at.</summary>
    public static IDisposable Set(params (string Name, string Value)[] variables)
    {
        string[] touched = [.. s_all.Union(variables.Select(variable => variable.Name))];
        var before = touched.Select(name => (name, Environment.GetEnvironmentVariable(name))).ToArray();
        foreach (var name in touched)
        {
            Environment.SetEnvironmentVariable(name, variables.FirstOrDefault(variable => variable.Name == name).Value);
        }

        return new Restored(before);
    }

    private sealed class Restored((string Name, string? Value)[] before) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
