using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RevisionTools.Pruning;

/// <summary>Makes one short text of all that a plan depends on: the facts of its world, its rules, what was lifted and what was selected.</summary>
internal static class PlanFingerprint
{
    public static string Of(PrunePlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var facts = WorldFacts.Of(plan.World, plan.Policy);
        Append(plan.ResourceId.ToLowerInvariant());
        AppendAll(facts.App);
        foreach (var (name, ofRevision) in facts.Revisions)
        {
            Append(name.ToLowerInvariant());
            AppendAll(ofRevision);
        }

        Append("policy");
        Append(RetentionPolicyJson.ToObject(plan.Policy).ToJsonString());
        Append(plan.Request.Lifts.ToString());
        foreach (var name in plan.Selected?.Order(StringComparer.OrdinalIgnoreCase) ?? Enumerable.Repeat("all", 1))
        {
            Append(name.ToLowerInvariant());
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        void AppendAll(IReadOnlyDictionary<string, string> values)
        {
            foreach (var (name, value) in values)
            {
                Append(name);
                Append(value);
            }
        }

        // With its length before each text, no two lists of texts make the same bytes.
        void Append(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
