using System.Security.Cryptography.X509Certificates;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// A file of authorities that is read again when what it said does not do: a command that watches a study for days sees them change.
/// </summary>
public sealed class AuthorityFile : IDisposable
{
    private readonly string _path;
    private volatile TrustedAuthority _trusted;

    /// <summary>Reads it.</summary>
    /// <exception cref="UserMistakeException">It cannot be read.</exception>
    public AuthorityFile(string path)
    {
        _path = path;
        _trusted = TrustedAuthority.Load(path);
    }

    /// <summary>Null when a certificate is signed by one of the authorities and in force; else why it is not trusted.</summary>
    public string? WhyNot(X509Certificate2? certificate)
    {
        if (_trusted.WhyNot(certificate) is not { } reason)
        {
            return null;
        }

        try
        {
            // The one before is not disposed: another connection may be asking it.
            _trusted = TrustedAuthority.Load(_path);
            return _trusted.WhyNot(certificate);
        }
        catch (UserMistakeException)
        {
            return reason;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trusted.Dispose();
}
