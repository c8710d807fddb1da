namespace RevisionTools.Accounts;

/// <summary>A token of the caller's own sign-in.</summary>
/// <param name="Text">The token.</param>
/// <param name="ExpiresOn">Its end.</param>
internal sealed record CallerToken(string Text, DateTimeOffset ExpiresOn)
{
    public override string ToString() => $"a token until {ExpiresOn:u}";
}
