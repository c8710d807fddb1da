using System.Xml.Linq;
using RevisionTools.HelpBuilder.Documentation;

namespace RevisionTools.Tests.HelpBuilder.Fixture;

/// <summary>What a compiler would have written for the fixture cmdlets.</summary>
internal static class FixtureDocumentation
{
    private const string Text = """
        <doc><members>
          <member name="T:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand">
            <summary>Finds things, see <see cref="T:RevisionTools.Tests.HelpBuilder.Fixture.SetFixtureThingCommand"/>.</summary>
            <remarks>
              <para>With <see cref="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.Name"/> it
              finds   one &amp; only one.</para>
              <list type="bullet">
                <item><term>first</term><description>the *first*</description></item>
                <item><description>the <c>second</c></description></item>
              </list>
            </remarks>
            <example>
              <title>One thing</title>
              <para>Finds it by name.</para>
              <code>
              $name = 'lamp'
              Get-FixtureThing $name |
                  Sort-Object
              </code>
              <code language="output">

              Name
              ----
              lamp

              </code>
              <code>Get-FixtureThing desk</code>
              <para>A desk is none.</para>
            </example>
            <example><code>Get-FixtureThing -Depth Deep</code></example>
            <output cref="T:RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing">One for each name.</output>
            <note>Things are not counted.</note>
            <seealso cref="T:RevisionTools.Tests.HelpBuilder.Fixture.SetFixtureThingCommand"/>
            <seealso href="about_Fixture_Things"/>
            <seealso href="https://example.org/things">About things</seealso>
          </member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.Name"><summary>The name.</summary></member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.InputObject"><summary>The thing.</summary><accepts cref="T:RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing"/><accepts cref="T:System.String"/></member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.Depth"><summary>How deep.</summary></member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.ThrottleLimit"><summary>How many at once.</summary><value>4</value></member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.Format"><summary>The form.</summary></member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.FixtureCommandBase.Force"><summary>Asks nothing.</summary></member>
          <member name="T:RevisionTools.Tests.HelpBuilder.Fixture.FixtureThing"><summary>A thing.</summary></member>
          <member name="T:RevisionTools.Tests.HelpBuilder.Fixture.FixtureDepth"><summary>Depths.</summary></member>
          <member name="F:RevisionTools.Tests.HelpBuilder.Fixture.FixtureDepth.Shallow"><summary>At the surface.</summary></member>
          <member name="F:RevisionTools.Tests.HelpBuilder.Fixture.FixtureDepth.Deep"><summary>At the ground.</summary></member>
          <member name="T:RevisionTools.Tests.HelpBuilder.Fixture.SetFixtureThingCommand">
            <summary>Changes a thing.</summary>
            <remarks>It asks before.</remarks>
            <example><code>Set-FixtureThing lamp</code></example>
          </member>
          <member name="P:RevisionTools.Tests.HelpBuilder.Fixture.SetFixtureThingCommand.Name">
            <inheritdoc cref="P:RevisionTools.Tests.HelpBuilder.Fixture.GetFixtureThingCommand.Name"/>
          </member>
        </members></doc>
        """;

    /// <summary>The documentation, after a change that a test makes to it.</summary>
    public static XmlDocumentation Create(Action<XDocument>? change = null)
    {
        var document = XDocument.Parse(Text, LoadOptions.PreserveWhitespace);
        change?.Invoke(document);
        XmlDocumentation documentation = new();
        documentation.Add(document);
        return documentation;
    }

    /// <summary>Finds the comment of a member of the fixture.</summary>
    public static XElement Member(this XDocument document, string path) =>
        document.Descendants("member").Single(member => member.Attribute("name")!.Value.EndsWith(".Fixture." + path, StringComparison.Ordinal));
}
