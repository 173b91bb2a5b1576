using System.Security.Cryptography;
using System.Text;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Api;

/// <summary>What a token allows; the later allows what the earlier does.</summary>
internal enum Role
{
    /// <summary>Look at everything.</summary>
    Read,

    /// <summary>Submit, pause, cancel, drain, store blobs.</summary>
    Operate,
}

/// <summary>
/// The tokens that the HTTP interface takes, a line <c>read TOKEN</c> or <c>operate TOKEN</c> each. Only their hashes are kept, and a token
/// is compared with all of them in the same time, whether or not it fits.
/// </summary>
internal sealed class TokenFile
{
    private const int ShortestToken = 16;
    private const int LongestToken = 512;
    private const string Remedy = "`openssl rand -hex 32` makes a good one";
    private readonly List<(byte[] Hash, Role Role)> _tokens = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, others can read it too, or a line is wrong.</exception>
    public static TokenFile Load(string path)
    {
        PrivateFiles.RequireSecret(path, $"--tokens {path}");
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--tokens {path}: cannot be read: {refused.Message}", refused);
        }
    }

    /// <summary>Reads lines; the messages never repeat a token.</summary>
    /// <exception cref="UserMistakeException">A line is wrong, or there is no token.</exception>
    public static TokenFile Parse(string text, string source)
    {
        var file = new TokenFile();
        var mistakes = new MistakeList();
        foreach (var (line, number) in text.Split('\n').Select((line, index) => (line.Trim(), index + 1)).Where(line => line.Item1.Length > 0 && line.Item1[0] != '#'))
        {
            if (file.Add(line) is { } mistake)
            {
                mistakes.Add(new(source, number), mistake);
            }
        }

        mistakes.ThrowIfAny();
        return file._tokens.Count > 0
            ? file
            : throw new UserMistakeException($"{source}: holds no token; expected lines like `operate TOKEN` or `read TOKEN`; {Remedy}");
    }

    /// <summary>What a token allows; null for one that is not in the file.</summary>
    public Role? RoleOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        Role? found = null;
        foreach (var (known, role) in _tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? role : found;
        }

        return found;
    }

    /// <summary>A keyed hash of a text under a token.</summary>
    public static byte[] Sign(string token, ReadOnlySpan<byte> text) => HMACSHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(token)), text);

    /// <summary>What the token allows under which a text was signed; null where it was none of the file.</summary>
    public Role? SignerOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mac)
    {
        Span<byte> signed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Role? found = null;
        foreach (var (known, role) in _tokens)
        {
            HMACSHA256.HashData(known, text, signed);
            found = CryptographicOperations.FixedTimeEquals(signed, mac) ? role : found;
        }

        return found;
    }

    private string? Add(string line)
    {
        var parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
        {
            return "expected a role and a token, for instance `read TOKEN`";
        }

        if (parts[0] is not ("read" or "operate"))
        {
            return $"role {NearestMatch.Quote(parts[0])} is unknown{NearestMatch.Hint(parts[0], ["read", "operate"])}";
        }

        if (parts[1].Length is < ShortestToken or > LongestToken || !parts[1].All(letter => letter is > ' ' and < '\x7f'))
        {
            return $"a token has {ShortestToken} to {LongestToken} printable letters of ASCII; {Remedy}";
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(parts[1]));
        if (_tokens.Exists(token => token.Hash.AsSpan().SequenceEqual(hash)))
        {
            return "this token stands in an earlier line";
        }

        _tokens.Add((hash, parts[0] == "operate" ? Role.Operate : Role.Read));
        return null;
    }
}
