using System;
using System.Management.Automation.Host;

namespace RevisionTools.Testing
{
    /// <summary>A screen that has a width and nothing else.</summary>
    internal sealed class ScriptedScreen : PSHostRawUserInterface
    {
        private const int Rows = 50;

        internal ScriptedScreen(int columns)
        {
            BufferSize = new Size(columns, Rows);
        }

        public override Size BufferSize { get; set; }

        public override Size WindowSize { get => BufferSize; set => throw new NotSupportedException(); }

        public override Size MaxWindowSize => BufferSize;

        public override Size MaxPhysicalWindowSize => BufferSize;

        public override Coordinates WindowPosition { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override ConsoleColor BackgroundColor { get; set; }

        public override string WindowTitle { get; set; } = string.Empty;

        public override bool KeyAvailable => false;

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
            throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
