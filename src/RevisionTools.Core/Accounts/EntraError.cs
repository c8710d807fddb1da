namespace RevisionTools.Accounts;

/// <summary>What an error code of Microsoft Entra means for whoever signs in.</summary>
/// <param name="Cause">What is wrong; <c>{application}</c>, <c>{tenant}</c> and <c>{audience}</c> stand for what was given, in quotes.</param>
/// <param name="Next">What to do about it.</param>
internal sealed record EntraError(string Cause, string Next)
{
    private const string SignInAgain =
        "Sign in again: 'az login', 'Connect-AzAccount', or Connect-AcaAccount with -DeviceCode or -Interactive.";

    private const string AskForMore =
        "Sign in in a way that can ask for it ('az login', Connect-AcaAccount with -Interactive or -DeviceCode); runs without a person take "
        + "a managed identity or a service principal.";

    private const string PolicyInTheWay =
        "An administrator sees in the sign-in log of the tenant, by the correlation id, which policy it was and what it asks for.";

    private const string CompareFederation =
        "Compare the issuer, the subject and the audience of the federated credential with those that the token comes with; for a service "
        + "connection they stand on its page in Azure DevOps.";

    private static readonly EntraError s_tenant = new(
        "There is no tenant {tenant} here.", "Check -TenantId, the tenant's GUID or one of its domains; a tenant of another cloud needs -Environment.");

    private static readonly EntraError s_federation = new("The application {application} has no federated credential that fits the token.", CompareFederation);

    private static readonly EntraError s_strongerSignIn = new("The account has to pass multi-factor authentication.", AskForMore);

    private static readonly EntraError s_policy = new("A conditional access policy of the tenant does not let this sign-in through.", PolicyInTheWay);

    private static readonly EntraError s_over = new("The sign-in is over: it has expired or was revoked.", SignInAgain);

    private static readonly EntraError s_notInTenant = new(
        "The account is not in the tenant {tenant}.", "Check -TenantId; a guest has to be invited there first.");

    private static readonly EntraError s_audience = new(
        "The tenant {tenant} knows no resource {audience}.", "Check -Environment, and for a cloud of your own -Audience and the authority.");

    private static readonly EntraError s_passing = new("Microsoft Entra has passing trouble.", "Try again in some minutes.");

    private static readonly Dictionary<int, EntraError> s_errors = new()
    {
        [90002] = s_tenant,
        [90013] = s_tenant,
        [900021] = s_tenant,
        [900023] = s_tenant,
        [50059] = new("It was not said which tenant to sign in to.", "Give -TenantId."),
        [700016] = new(
            "The tenant {tenant} has no application {application}.",
            "Check the application (client) id and the tenant; an application of another tenant has to be admitted there first."),
        [7000229] = new(
            "The application {application} has no service principal in the tenant {tenant}.",
            "Check the tenant; an administrator can admit the application there."),
        [7000112] = new("The application {application} is disabled.", "An administrator can enable it under enterprise applications."),
        [7000215] = new("The secret of the application {application} is wrong.", "Give the value of the secret; its id is something else."),
        [7000222] = new(
            "The secret of the application {application} has expired.",
            "Make a new one in the app registration, or use a certificate, a federated credential or a managed identity, which need none."),
        [7000218] = new("The application {application} did not prove who it is.", "Give a secret, a certificate or a federated token."),
        [700027] = new(
            "The certificate is none of the application {application}.",
            "Add it to the app registration, or give the one that stands there; its thumbprint has to be the same."),
        [700030] = new("The certificate of the application {application} is not valid.", "Make a new one and add it to the app registration."),
        [1000502] = new("The certificate of the application {application} is not within its dates.", "Make a new one and add it to the app registration."),
        [700024] = new(
            "What the application {application} proves itself with is not valid at this moment.",
            "Compare the clock of this machine with the real time. A federated token is good for some minutes only: what writes its file has to write it anew."),
        [700023] = new("The federated token is meant for another audience.", CompareFederation),
        [700021] = new("The federated token is of another application than {application}.", CompareFederation),
        [70021] = s_federation,
        [700211] = s_federation,
        [700212] = s_federation,
        [700213] = s_federation,
        [700223] = s_federation,
        [50072] = s_strongerSignIn,
        [50074] = s_strongerSignIn,
        [50076] = s_strongerSignIn,
        [50079] = s_strongerSignIn,
        [50158] = s_strongerSignIn,
        [53000] = s_policy,
        [53001] = s_policy,
        [53002] = s_policy,
        [53003] = s_policy,
        [53004] = s_policy,
        [53009] = s_policy,
        [530003] = s_policy,
        [530032] = s_policy,
        [530035] = s_policy,
        [50097] = s_policy,
        [50131] = s_policy,
        [50105] = new("The account is not assigned to the application {application}.", "An administrator can assign it under enterprise applications."),
        [50078] = s_over,
        [50089] = s_over,
        [50132] = s_over,
        [50133] = s_over,
        [50173] = s_over,
        [70008] = s_over,
        [70043] = s_over,
        [70044] = s_over,
        [700082] = s_over,
        [700084] = s_over,
        [50020] = s_notInTenant,
        [50034] = s_notInTenant,
        [51004] = s_notInTenant,
        [90072] = s_notInTenant,
        [50053] = new("The account is locked for now: too many sign-ins failed.", "Wait, or have an administrator unlock it."),
        [50055] = new("The password of the account has expired.", "Set a new one, then sign in again."),
        [50057] = new("The account is disabled.", "An administrator of the tenant can enable it."),
        [50126] = new("The user name or the password is wrong.", SignInAgain),
        [65001] = new("The application {application} was not consented to in the tenant {tenant}.", "A person or an administrator has to consent to it."),
        [65004] = new("The consent was declined.", SignInAgain),
        [500011] = s_audience,
        [500014] = s_audience,
        [70011] = s_audience,
        [70019] = new("The code was not entered in time.", "Run Connect-AcaAccount -DeviceCode again."),
        [70020] = new("The code was not entered in time.", "Run Connect-AcaAccount -DeviceCode again."),
        [90033] = s_passing,
        [50196] = s_passing,
    };

    /// <summary>What a code means; null where it is none of those that can be said something about.</summary>
    public static EntraError? Of(int code) => s_errors.GetValueOrDefault(code);

    /// <summary>The codes that are known.</summary>
    internal static IEnumerable<int> Codes => s_errors.Keys;
}
