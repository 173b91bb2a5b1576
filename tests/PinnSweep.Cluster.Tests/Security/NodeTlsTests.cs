using System.Runtime.Versioning;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Security;

/// <summary>Certificates that change in a node's folder while it runs, and those that end.</summary>
public sealed class NodeTlsTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly RecordedLog _log = new();

    public NodeTlsTests() => CertificateAuthority.Init(Certs, [NodeCertificate.Parse("node:node.lab.example,10.0.0.7")], _clock);

    private string Certs => _folder["certs"];

    private string Node => Path.Combine(Certs, "node");

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_new_pair_is_taken_over_once_it_stays_the_same()
    {
        var tls = NodeTls.Open(Node, _clock);
        using var watch = Watch(tls);
        var before = tls.Certificate.Thumbprint;

        CertificateAuthority.Renew(Certs, [], _clock);
        _clock.Advance(Look);
        Assert.Equal(before, tls.Certificate.Thumbprint);
        _clock.Advance(Look);

        Assert.NotEqual(before, tls.Certificate.Thumbprint);
        Assert.True(tls.Certificate.HasPrivateKey);
        Assert.Equal(tls.Certificate.Thumbprint, tls.Remoting().X509Certificate!.Thumbprint);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_half_written_pair_is_warned_of_once_and_what_was_before_stays()
    {
        var tls = NodeTls.Open(Node, _clock);
        using var watch = Watch(tls);
        var before = tls.Certificate.Thumbprint;
        var oldKey = File.ReadAllText(Path.Combine(Node, "node.key"));
        CertificateAuthority.Renew(Certs, [], _clock);
        var newKey = File.ReadAllText(Path.Combine(Node, "node.key"));

        File.WriteAllText(Path.Combine(Node, "node.key"), oldKey);
        Advance(6);
        Assert.Equal(before, tls.Certificate.Thumbprint);
        Assert.Contains("node.key", Assert.Single(_log.Warnings), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(Node, "node.key"), newKey);
        Advance(2);
        Assert.NotEqual(before, tls.Certificate.Thumbprint);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void Files_that_are_gone_for_a_while_change_nothing()
    {
        var tls = NodeTls.Open(Node, _clock);
        using var watch = Watch(tls);
        var before = tls.Certificate.Thumbprint;

        File.Move(Path.Combine(Node, "node.crt"), _folder["node.crt"]);
        Advance(3);
        File.Move(_folder["node.crt"], Path.Combine(Node, "node.crt"));
        Advance(3);

        Assert.Equal(before, tls.Certificate.Thumbprint);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Thirty_days_before_an_end_the_log_warns_once_a_day()
    {
        var tls = NodeTls.Open(Node, _clock);
        _clock.Advance(TimeSpan.FromDays((2 * 365) - 32));
        using var watch = Watch(tls);
        Assert.Empty(_log.Warnings);

        for (var hour = 0; hour < 4 * 24; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(_log.Warnings.Count, 2, 3);
        Assert.All(_log.Warnings, line => Assert.Contains("node.crt of node ends on ", line, StringComparison.Ordinal));
        Assert.All(_log.Warnings, line => Assert.Contains("certs renew", line, StringComparison.Ordinal));
    }

    [Fact]
    public void An_authority_that_ends_is_warned_of_too()
    {
        var tls = NodeTls.Open(Node, _clock);
        _clock.Advance(TimeSpan.FromDays((10 * 365) - 20));

        using var watch = Watch(tls);

        Assert.Contains(_log.Warnings, line => line.Contains("ca.crt of PinnSweep cluster authority ends", StringComparison.Ordinal) && line.Contains("--authority", StringComparison.Ordinal));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_key_that_others_can_read_is_refused()
    {
        File.SetUnixFileMode(Path.Combine(Node, "node.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Contains("chmod 600", Assert.Throws<UserMistakeException>(() => NodeTls.Open(Node, _clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_runs_long_learns_of_a_new_authority()
    {
        using var known = new AuthorityFile(Path.Combine(Node, "ca.crt"));
        CertificateAuthority.RenewAuthority(Certs, _clock);
        CertificateAuthority.Renew(Certs, [], _clock);

        Assert.Null(known.WhyNot(NodeTls.Open(Node, _clock).Certificate));
    }

    private CertificateWatch Watch(NodeTls tls) => new(tls, _clock, _log.CreateLogger("certificates"));

    private void Advance(int looks)
    {
        for (var look = 0; look < looks; look++)
        {
            _clock.Advance(Look);
        }
    }
}
