using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Studies;

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

    /// <summary>A certificate alone.</summary>
    public static X509Certificate2 Load(string path, string remedy)
    {
        Require(path, remedy);
        return Reading(path, () => X509Certificate2.CreateFromPem(File.ReadAllText(path)), "expected a certificate in PEM");
    }

    private static void Require(string path, string remedy)
    {
        if (!File.Exists(path))
        {
            throw new UserMistakeException($"{path}: there is no such file; {remedy}");
        }
    }

    private static X509Certificate2 Reading(string path, Func<X509Certificate2> read, string otherwise)
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
