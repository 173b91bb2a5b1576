using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>Certificates in PEM files; what is wrong with them is the user's to mend.</summary>
internal static class PemFiles
{
    /// <summary>A certificate with its key.</summary>
    public static X509Certificate2 Load(string folder, string certificate, string key, string remedy)
    {
        var (crt, pem) = (Path.Combine(folder, certificate), Path.Combine(folder, key));
        Require(crt, remedy);
        Require(pem, remedy);
        return Reading(crt, () => X509Certificate2.CreateFromPemFile(crt, pem), $"or its key {key} is not the one that belongs to it");
    }

    /// <summary>The authority of a folder that signs: of those that its nodes trust, the one whose key is there.</summary>
    public static X509Certificate2 Authority(string folder)
    {
        const string Remedy = "pinnsweep certs init makes an authority";
        var (crt, pem) = (Path.Combine(folder, TlsFiles.Authority), Path.Combine(folder, TlsFiles.AuthorityKey));
        Require(pem, Remedy);
        PrivateFiles.RequireSecret(pem, pem);
        var authorities = Authorities(crt, Remedy);
        return Reading(
            crt,
            () =>
            {
                using var key = ECDsa.Create();
                key.ImportFromPem(File.ReadAllText(pem));
                var own = key.ExportSubjectPublicKeyInfo();
                return authorities.FirstOrDefault(authority => authority.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(own))?.CopyWithPrivateKey(key)
                    ?? throw new CryptographicException("none of them has this key");
            },
            $"or its key {TlsFiles.AuthorityKey} is not the one that belongs to it");
    }

    /// <summary>The certificates of a file, one or more.</summary>
    public static ImmutableArray<X509Certificate2> Authorities(string path, string remedy)
    {
        Require(path, remedy);
        return Reading(path, () => Authorities(File.ReadAllText(path)), "expected certificates in PEM");
    }

    /// <summary>The certificates of a text, one or more.</summary>
    /// <exception cref="CryptographicException">There is none, or one is broken.</exception>
    public static ImmutableArray<X509Certificate2> Authorities(string text)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(text);
        return found.Count > 0 ? [.. found] : throw new CryptographicException("it holds no certificate");
    }

    private static void Require(string path, string remedy)
    {
        if (!File.Exists(path))
        {
            throw new UserMistakeException($"{path}: there is no such file; {remedy}");
        }
    }

    private static T Reading<T>(string path, Func<T> read, string otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw new UserMistakeException($"{path}: cannot be read as a certificate ({unreadable.Message}), {otherwise}", unreadable);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be read: {refused.Message}", refused);
        }
    }
}
