using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Contents;

/// <summary>The JSON of records: what stands beside packed parts, and the key without the rest.</summary>
internal static class ResultJson
{
    /// <summary>
    /// As <see cref="TrainerProtocol.Json"/>, without what follows from the rest: the last evaluation, the beginning of the key, a curve and a
    /// field that are parts of their own.
    /// </summary>
    public static JsonSerializerOptions Rest { get; } = new(TrainerProtocol.Json)
    {
        TypeInfoResolver = TrainerProtocol.Json.TypeInfoResolver!.WithAddedModifier(LeaveOut),
    };

    /// <summary>The key that a record names; null where it names none.</summary>
    public static string? KeyOf(byte[] record)
    {
        var json = new Utf8JsonReader(record);
        while (json.Read())
        {
            if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && json.ValueTextEquals("key"))
            {
                json.Read();
                // A key is written as an object with its digits.
                while (json.TokenType is JsonTokenType.StartObject or JsonTokenType.PropertyName)
                {
                    json.Read();
                }

                return json.TokenType == JsonTokenType.String ? json.GetString() : null;
            }

            if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                json.Skip();
            }
        }

        return null;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.ToArray())
        {
            switch (property.Name)
            {
                case "final" when type.Type == typeof(TrialResult):
                case "short" when type.Type == typeof(TrialKey):
                    type.Properties.Remove(property);
                    break;
                case "curve" when type.Type == typeof(TrialResult):
                    property.ShouldSerialize = (_, value) => value is ImmutableArray<CurvePoint> { IsDefaultOrEmpty: false };
                    break;
                case "field" when type.Type == typeof(TrialResult):
                    property.ShouldSerialize = (_, value) => value is not null;
                    break;
            }
        }
    }
}
