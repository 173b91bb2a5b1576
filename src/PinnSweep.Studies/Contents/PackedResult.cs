using System.Text.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Contents;

/// <summary>
/// A result as it is stored: four bytes that no JSON begins with, the number of the format, and three parts (<see cref="PackedPart"/>): the
/// record as JSON without curve and field, the curve as columns, the field beside its reference. Each part can be read without the others.
/// Earlier versions stored the record as plain JSON, which is read as well. What is read is the record that was written, bit for bit.
/// </summary>
public static class PackedResult
{
    /// <summary>The format that <see cref="Pack"/> writes.</summary>
    public const byte Format = 1;

    private static ReadOnlySpan<byte> Magic => [0x9f, (byte)'P', (byte)'S', (byte)'R'];

    /// <summary>The record as bytes. The same record gives the same bytes.</summary>
    public static byte[] Pack(TrialResult result)
    {
        var curve = PackedCurve.Write(result.Curve);
        var field = result.Field is { } whole ? PackedField.Write(whole) : null;

        // What has another shape than columns and grids stays in the record.
        var rest = result with { Curve = curve is null ? result.Curve : [], Field = field is null ? result.Field : null };
        using var content = new MemoryStream();
        content.Write(Magic);
        content.WriteByte(Format);
        PackedPart.Write(content, JsonSerializer.SerializeToUtf8Bytes(rest, ResultJson.Rest));
        PackedPart.Write(content, curve ?? []);
        PackedPart.Write(content, field ?? []);
        return content.ToArray();
    }

    /// <summary>A record, whether it was packed or not.</summary>
    /// <param name="content">As it is stored.</param>
    /// <param name="parts">What is wanted: without <see cref="ResultParts.Curve"/> the curve is empty, without
    /// <see cref="ResultParts.Field"/> there is no field.</param>
    /// <exception cref="InvalidDataException">It is no result that this version reads; the message says what it is.</exception>
    public static TrialResult Open(byte[] content, ResultParts parts = ResultParts.All) => Open(content, parts, out _);

    /// <summary>The same; says whether there is a field, which takes the longest to unpack.</summary>
    public static TrialResult Open(byte[] content, ResultParts parts, out bool hasField)
    {
        try
        {
            if (content.AsSpan().StartsWith(Magic))
            {
                return Unpack(content, parts, out hasField);
            }

            var result = JsonSerializer.Deserialize<TrialResult>(content, TrainerProtocol.Json);
            hasField = result?.Field is not null;
            return Without(result, ResultParts.All & ~parts);
        }
        catch (Exception broken) when (broken is JsonException or IOException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"not readable: {broken.Message}", broken);
        }
    }

    /// <summary>The trial that a content names, found without reading the rest; null where it names none.</summary>
    public static string? KeyOf(byte[] content)
    {
        try
        {
            return ResultJson.KeyOf(content.AsSpan().StartsWith(Magic) ? Parts(content).Record.Read() : content);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private static TrialResult Unpack(byte[] content, ResultParts wanted, out bool hasField)
    {
        var (rest, curve, field) = Parts(content);
        var result = JsonSerializer.Deserialize<TrialResult>(rest.Read(), ResultJson.Rest) ?? throw new InvalidDataException("an empty record");
        hasField = result.Field is not null || !field.IsEmpty;

        // A record whose curve is no columns has it as JSON.
        var own = Without(result.Curve.IsDefault ? result with { Curve = [] } : result, ResultParts.All & ~wanted);
        own = curve.IsEmpty || !wanted.HasFlag(ResultParts.Curve) ? own : own with { Curve = PackedCurve.Read(curve.Read()) };
        return field.IsEmpty || !wanted.HasFlag(ResultParts.Field) ? own : own with { Field = PackedField.Read(field.Read()) };
    }

    private static (PackedPart Record, PackedPart Curve, PackedPart Field) Parts(byte[] content)
    {
        if (content.Length <= Magic.Length || content[Magic.Length] != Format)
        {
            throw new InvalidDataException(content.Length <= Magic.Length
                ? "a record that ends where it begins"
                : $"a record of format {content[Magic.Length]}, where this version of PinnSweep reads {Format}: update PinnSweep");
        }

        var at = Magic.Length + 1;
        return (PackedPart.Find(content, ref at), PackedPart.Find(content, ref at), PackedPart.Find(content, ref at));
    }

    private static TrialResult Without(TrialResult? result, ResultParts left) => result switch
    {
        null => throw new InvalidDataException("an empty record"),
        _ => result with
        {
            Curve = left.HasFlag(ResultParts.Curve) ? [] : result.Curve,
            Field = left.HasFlag(ResultParts.Field) ? null : result.Field,
        },
    };
}
