/* A QR code, drawn by this browser; its library comes when the first one is shown. */
import './qr.css';

import { useEffect, useState } from 'preact/hooks';

interface QrProps {
	readonly text: string;
	/** What it is, for who cannot see it. */
	readonly label: string;
}

const QUIET = 4;

export function Qr({ text, label }: QrProps) {
	const [rows, setRows] = useState<readonly (readonly boolean[])[]>([]);

	useEffect(() => {
		let isWanted = true;

		void import('qr').then(({ encodeQR }) => {
			if (isWanted)
				setRows(encodeQR(text, 'raw', { ecc: 'medium', border: QUIET }));
		});
		return () => {
			isWanted = false;
		};
	}, [text]);

	const path = rows
		.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
		.join('');

	return (
		<svg
			class="qr"
			viewBox={`0 0 ${rows.length || 1} ${rows.length || 1}`}
			role="img"
			aria-label={label}
		>
			<path d={path} fill="#000" />
		</svg>
	);
}
