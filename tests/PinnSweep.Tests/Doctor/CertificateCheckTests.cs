using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Security;
using PinnSweep.Doctor;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Doctor;

public sealed class CertificateCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Certificates_that_last_are_told_with_their_ends()
    {
        var findings = Run().ToArray();

        Assert.Equal([FindingState.Ok, FindingState.Ok], findings.Select(finding => finding.State));
        Assert.Contains("node.crt of head ends on ", findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_days_before_an_end_there_is_something_to_do()
    {
        Certify();
        _clock.Advance(TimeSpan.FromDays((2 * 365) - 29));

        var near = Assert.Single(CertificateCheck.Run(_folder["certs/head"], _clock), finding => finding.State != FindingState.Ok);

        Assert.Contains("certs renew", near.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_ended_is_missing()
    {
        Certify();
        _clock.Advance(TimeSpan.FromDays((2 * 365) + 2));

        Assert.Equal(FindingState.Missing, Assert.Single(CertificateCheck.Run(_folder["certs/head"], _clock)).State);
    }

    [Fact]
    public void Where_no_folder_is_named_nothing_is_said() => Assert.Empty(CertificateCheck.Run(null, _clock));

    private IEnumerable<Finding> Run()
    {
        Certify();
        return CertificateCheck.Run(_folder["certs/head"], _clock);
    }

    private void Certify() => CertificateAuthority.Init(_folder["certs"], [NodeCertificate.Parse("head")], _clock);
}
