namespace RevisionTools.Sandbox;

/// <summary>Subscriptions of the signed-in principal.</summary>
internal static class SubscriptionCalls
{
    internal static ArmAnswer List(ArmCall call) => ArmPage.Of(call, [call.Tenant], (writer, tenant) =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{tenant.SubscriptionId}");
        writer.WriteString("authorizationSource", "RoleBased");
        writer.WriteString("subscriptionId", tenant.SubscriptionId);
        writer.WriteString("tenantId", tenant.TenantId);
        writer.WriteString("displayName", tenant.SubscriptionName);
        writer.WriteString("state", "Enabled");
        writer.WriteEndObject();
    });
}
