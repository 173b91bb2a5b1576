using System.Text;
using PinnSweep.Api;

namespace PinnSweep.Tests.Pages;

/// <summary>What a browser keeps in place of a token.</summary>
public sealed class SessionTests
{
    private const string Token = "operate-token-0123456789";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TokenFile Tokens = TokenFile.Parse($"read read-token-0123456789\noperate {Token}\n", "tokens");

    [Fact]
    public void A_session_has_the_role_of_its_token_at_every_node_with_the_same_file()
    {
        var session = Session.Begin(Token, Now + Session.Lasts);

        Assert.Equal(Role.Operate, Session.RoleOf(session, Tokens, Now));
        Assert.Equal(Role.Read, Session.RoleOf(session, TokenFile.Parse($"read {Token}\n", "tokens"), Now));
        Assert.NotEqual(session, Session.Begin(Token, Now + Session.Lasts));
    }

    [Fact]
    public void It_ends_with_its_time_and_with_its_token()
    {
        var session = Session.Begin(Token, Now + TimeSpan.FromHours(1));

        Assert.Equal(Role.Operate, Session.RoleOf(session, Tokens, Now + TimeSpan.FromMinutes(59)));
        Assert.Null(Session.RoleOf(session, Tokens, Now + TimeSpan.FromHours(1)));
        Assert.Null(Session.RoleOf(session, TokenFile.Parse("operate other-token-0123456789\n", "tokens"), Now));
    }

    [Fact]
    public void No_letter_of_it_can_be_changed()
    {
        var session = Session.Begin(Token, Now + Session.Lasts);

        for (var at = 0; at < session.Length; at++)
        {
            foreach (var letter in "0A.")
            {
                var forged = new StringBuilder(session) { [at] = letter }.ToString();
                // The last letter of a digest in base 64 has bits that mean nothing; a change of those alone is none.
                Assert.True(forged == session || at == session.Length - 1 || Session.RoleOf(forged, Tokens, Now) is null, $"{session}\n{forged}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("9999999999..")]
    [InlineData("9999999999.x.!!!!")]
    [InlineData("99999999999999999999999999.x.AAAA")]
    [InlineData("-1.x.AAAA")]
    public void Nonsense_is_nobody(string value) => Assert.Null(Session.RoleOf(value, Tokens, Now));

    [Fact]
    public void A_later_end_is_not_taken_on_the_callers_word()
    {
        var session = Session.Begin(Token, Now - TimeSpan.FromMinutes(1));
        var later = $"{(Now + TimeSpan.FromDays(1)).ToUnixTimeSeconds()}{session[session.IndexOf('.', StringComparison.Ordinal)..]}";

        Assert.Null(Session.RoleOf(later, Tokens, Now));
    }
}
