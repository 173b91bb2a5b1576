using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Training.Solutions;

/// <summary>
/// A <see cref="SavedNetwork"/> as a file: eight letters, the version and the length of the header (both 32 bits, little-endian), the
/// header as JSON, the parameters of all parts one after another, and the SHA-256 of everything before it. Parameters are single precision
/// where that is what they are, else double. The same training gives the same bytes.
/// </summary>
public static class NetworkFile
{
    /// <summary>What the names of such files end with.</summary>
    public const string Extension = ".pinn";

    /// <summary>Changes whenever an older program could no longer read the file.</summary>
    public const int FormatVersion = 1;

    private const string Single = "float32";
    private const string Double = "float64";
    private const int Fixed = 16;
    private static readonly byte[] Magic = "PINNSWNN"u8.ToArray();

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(SavedNetwork network)
    {
        var isSingle = network.Parts.All(part => part.Theta.All(value => value == (float)value));
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new Header(
                KeyOf(network.Description),
                network.Description,
                network.Steps,
                network.RelativeL2,
                isSingle ? Single : Double,
                [.. network.Parts.Select(part => new HeaderPart(part.Stage, part.Until, part.Theta.Length))],
                network.Coefficients),
            TrainerProtocol.Json);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(header.Length);
        writer.Write(header);
        foreach (var value in network.Parts.SelectMany(part => part.Theta))
        {
            if (isSingle)
            {
                writer.Write((float)value);
            }
            else
            {
                writer.Write(value);
            }
        }

        writer.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        return file.ToArray();
    }

    /// <summary>Whether a file begins as one of these does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    /// <exception cref="InvalidDataException">It is no such file, of another version, or damaged; the message says which.</exception>
    public static SavedNetwork Read(ReadOnlySpan<byte> file)
    {
        if (!IsOne(file))
        {
            throw new InvalidDataException("it is no trained network of PinnSweep");
        }

        if (file.Length >= Fixed && BinaryPrimitives.ReadInt32LittleEndian(file[Magic.Length..]) is not FormatVersion and var version)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it is a network of format {version}; this version reads {FormatVersion}"));
        }

        if (file.Length < Fixed + SHA256.HashSizeInBytes || !SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
        {
            throw new InvalidDataException("it is damaged: its bytes do not have the hash that stands at its end");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(file[(Magic.Length + sizeof(int))..]);
        try
        {
            var header = JsonSerializer.Deserialize<Header>(file.Slice(Fixed, length), TrainerProtocol.Json) ?? throw new JsonException("an empty header");
            return header.Key == KeyOf(header.Description)
                ? new(header.Description, header.Steps, header.RelativeL2, Parts(header, file[(Fixed + length)..^SHA256.HashSizeInBytes]), header.Coefficients)
                : throw new InvalidDataException("it names the key of another trial than it describes");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"its header cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static ImmutableArray<SavedPart> Parts(Header header, ReadOnlySpan<byte> numbers)
    {
        var width = header.Precision == Single ? sizeof(float) : sizeof(double);
        if (numbers.Length != width * header.Parts.Sum(part => (long)part.Count))
        {
            throw new InvalidDataException("it has not as many parameters as its header says");
        }

        var parts = ImmutableArray.CreateBuilder<SavedPart>();
        foreach (var part in header.Parts)
        {
            var theta = new double[part.Count];
            for (var i = 0; i < theta.Length; i++)
            {
                var number = numbers[(i * width)..];
                theta[i] = width == sizeof(float) ? BinaryPrimitives.ReadSingleLittleEndian(number) : BinaryPrimitives.ReadDoubleLittleEndian(number);
            }

            numbers = numbers[(theta.Length * width)..];
            parts.Add(new(part.Stage, part.Until, [.. theta]));
        }

        return parts.ToImmutable();
    }

    private static string KeyOf(string description) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)));

    private sealed record Header(
        string Key,
        string Description,
        int Steps,
        double RelativeL2,
        string Precision,
        ImmutableArray<HeaderPart> Parts,
        ImmutableSortedDictionary<string, double> Coefficients);

    private sealed record HeaderPart(int Stage, double? Until, int Count);
}
