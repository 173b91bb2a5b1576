using System.Text.Json;
using System.Text.Json.Nodes;

namespace PinnSweep.SeqImport;

/// <summary>
/// Whether an entity in Seq is as a template wants it. Seq adds ids, links and defaults of its own, which a template does not have and an
/// import leaves as they are.
/// </summary>
internal static class EntityComparison
{
    /// <summary>Whether everything that is wanted is there; lists must be as long.</summary>
    public static bool IsAsWanted(JsonNode? wanted, JsonNode? there) => (wanted, there) switch
    {
        (null, null) => true,
        (JsonObject want, JsonObject have) => want.All(entry => IsAsWanted(entry.Value, have[entry.Key])),
        (JsonArray { Count: 0 }, null) => true,
        (JsonArray want, JsonArray have) => want.Count == have.Count && want.Zip(have).All(pair => IsAsWanted(pair.Item1, pair.Item2)),
        (JsonValue want, JsonValue have) => IsSame(want, have),
        _ => false,
    };

    /// <summary>The entity with what the template has in place of its own; the rest (id, links, channels of an alert) stays.</summary>
    public static JsonObject Merged(JsonObject wanted, JsonObject there)
    {
        var merged = (JsonObject)there.DeepClone();
        foreach (var (key, value) in wanted)
        {
            merged[key] = value?.DeepClone();
        }

        return merged;
    }

    private static bool IsSame(JsonValue want, JsonValue have) => (want.GetValueKind(), have.GetValueKind()) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => (decimal)want == (decimal)have,
        (JsonValueKind.String, JsonValueKind.String) => (string?)want == (string?)have,
        var (one, other) => one == other,
    };
}
