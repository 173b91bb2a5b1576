using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>Searches and decisions as JSON: names in <c>snake_case</c>, values as study files have them.</summary>
public static class StageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new ValueConverter(),
            new LevelConverter(),
            new CellLevelsConverter(),
            new PointConverter(),
            new PathConverter(),
            new LabelsConverter(),
            new SpacesConverter(),
            new PatternsConverter(),
        },
    };

    /// <summary>A decision as one line of JSON.</summary>
    public static string Write(StageDecision decision) => JsonSerializer.Serialize(decision, Options);

    /// <summary>The inverse of <see cref="Write(StageDecision)"/>.</summary>
    /// <exception cref="JsonException">The text is no decision.</exception>
    public static StageDecision Read(string text) => JsonSerializer.Deserialize<StageDecision>(text, Options) ?? throw new JsonException("no decision of a stage");

    /// <summary>SHA-256 of a decision, 64 hexadecimal digits: equal decisions have equal digests.</summary>
    public static string DigestOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>Points that somebody outside proposes: each a map from dimensions to values.</summary>
    internal static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    internal static T Parse<T>(JsonElement json) => json.Deserialize<T>(Options) ?? throw new JsonException($"no {typeof(T).Name}");

    /// <summary>What makes a study in stages another study: its rules, its searches with their spaces.</summary>
    internal static string Rules(StudyPlan plan) => JsonSerializer.Serialize(
        new StagedRules(plan.Spec.Tune, plan.Spec.Replicate, [.. plan.Searches.Select(search => search.Levels)]), Options);

    private sealed record StagedRules(
        TuneSpec? Tune, ReplicateSpec? Replicate, ImmutableArray<ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>>> Searches);

    private sealed class ValueConverter : JsonConverter<SpecValue>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(SpecValue).IsAssignableFrom(typeToConvert);

        public override bool HandleNull => true;

        public override SpecValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SpecValue.FromJson(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, SpecValue value, JsonSerializerOptions options) => writer.WriteRawValue((value ?? SpecValue.None.Value).Canonical());
    }

    private sealed class LevelConverter : JsonConverter<Level>
    {
        public override Level Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Level.FromMap((SpecValue.Map)SpecValue.FromJson(JsonElement.ParseValue(ref reader)));

        public override void Write(Utf8JsonWriter writer, Level value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
    }

    private sealed class CellLevelsConverter : JsonConverter<CellLevels>
    {
        public override CellLevels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var json = JsonElement.ParseValue(ref reader);
            Level Of(Factor factor) => Level.FromMap((SpecValue.Map)SpecValue.FromJson(json.GetProperty(factor.ToWord())));
            return new(
                Of(Factor.Problem), Of(Factor.Network), Of(Factor.Balancer), Of(Factor.Sampler), Of(Factor.Optimizer), Of(Factor.Time),
                PrecisionWords.FromWord(json.GetProperty(Factor.Precision.ToWord()).GetString()!) ?? throw new JsonException("no precision"));
        }

        public override void Write(Utf8JsonWriter writer, CellLevels value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var factor in FactorWords.All.Where(factor => factor != Factor.Precision))
            {
                writer.WritePropertyName(factor.ToWord());
                writer.WriteRawValue(value[factor].ToString());
            }

            writer.WriteString(Factor.Precision.ToWord(), value.Precision.ToWord());
            writer.WriteEndObject();
        }
    }

    /// <summary>A dimension that means nothing at the point is an object with one key, because <c>null</c> is a value.</summary>
    private sealed class PointConverter : JsonConverter<SpacePoint>
    {
        private const string Meaningless = "n/a";

        public override SpacePoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new([.. JsonElement.ParseValue(ref reader).EnumerateArray().Select(
                item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Meaningless, out _) ? null : SpecValue.FromJson(item))]);

        public override void Write(Utf8JsonWriter writer, SpacePoint value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value.Values)
            {
                writer.WriteRawValue(item?.Canonical() ?? $"{{\"{Meaningless}\":true}}");
            }

            writer.WriteEndArray();
        }
    }

    private sealed class PathConverter : JsonConverter<ValuePath>
    {
        public override ValuePath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new([.. JsonElement.ParseValue(ref reader).EnumerateArray().Select(step => step.GetString()!)]);

        public override void Write(Utf8JsonWriter writer, ValuePath value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Steps.ToArray(), options);
    }

    private abstract class ByFactorConverter<T> : JsonConverter<ImmutableSortedDictionary<Factor, T>>
    {
        public override ImmutableSortedDictionary<Factor, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader).EnumerateObject().ToImmutableSortedDictionary(
                entry => FactorWords.FromWord(entry.Name) ?? throw new JsonException($"no factor {entry.Name}"), entry => entry.Value.Deserialize<T>(options)!);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<Factor, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (factor, item) in value)
            {
                writer.WritePropertyName(factor.ToWord());
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }

    private sealed class LabelsConverter : ByFactorConverter<string>;

    private sealed class PatternsConverter : ByFactorConverter<LevelPattern>;

    private sealed class SpacesConverter : ByFactorConverter<ImmutableArray<LevelSpace>>;
}
